using System.Text;
using RabbitMQ.Client;

namespace Platform.Integration.Tests.Servers;

[Collection(ServersCollection.Name)]
public sealed class RabbitMqServerTests(RabbitMqServer server)
{
    [Fact]
    public async Task A_confirmed_message_in_a_quorum_queue_outlives_a_killed_broker()
    {
        await using (var connection = await ConnectAsync())
        {
            await using var channel = await connection.CreateChannelAsync(new CreateChannelOptions(true, true));
            await channel.QueueDeclareAsync("kept", durable: true, exclusive: false, autoDelete: false,
                new Dictionary<string, object?> { ["x-queue-type"] = "quorum" });
            await channel.BasicPublishAsync("", "kept", "hello"u8.ToArray());
            await server.QueueIsSavedAsync("kept");
            server.Kill();
        }
        await server.RestartAsync();

        await using var again = await ConnectAsync();
        await using var reading = await again.CreateChannelAsync();
        var message = await reading.BasicGetAsync("kept", autoAck: true);
        Assert.Equal("hello", Encoding.UTF8.GetString(message!.Body.Span));
    }

    private Task<IConnection> ConnectAsync() =>
        new ConnectionFactory { HostName = "127.0.0.1", Port = server.Port, AutomaticRecoveryEnabled = false }.CreateConnectionAsync();
}
