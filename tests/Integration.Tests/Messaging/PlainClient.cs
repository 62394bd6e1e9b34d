using System.Text;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;
using RabbitMQ.Client;

namespace Platform.Integration.Tests.Messaging;

/// <summary>A client that knows AMQP and nothing of the platform.</summary>
internal sealed class PlainClient : IAsyncDisposable
{
    private readonly IConnection _connection;
    private readonly IChannel _channel;

    private PlainClient(IConnection connection, IChannel channel) => (_connection, _channel) = (connection, channel);

    public static async Task<PlainClient> ConnectAsync(RabbitMqServer server)
    {
        var connection = await new ConnectionFactory { HostName = "127.0.0.1", Port = server.Port }.CreateConnectionAsync();
        return new PlainClient(connection, await connection.CreateChannelAsync(new CreateChannelOptions(true, true)));
    }

    /// <summary>A queue of its own that gets what the exchange gets.</summary>
    public async Task<string> BindAsync(string exchange)
    {
        var queue = await _channel.QueueDeclareAsync();
        await _channel.QueueBindAsync(queue.QueueName, exchange, "");
        return queue.QueueName;
    }

    /// <summary>A queue that gets what the exchange gets and outlives the broker.</summary>
    public Task KeepAsync(string queue, string exchange) => KeepAsync(queue, exchange, new() { ["x-queue-type"] = "quorum" });

    /// <summary>A queue that gets what the exchange gets, of a kind and with a bound of its owner's choice.</summary>
    public async Task KeepAsync(string queue, string exchange, Dictionary<string, object?> arguments)
    {
        await _channel.ExchangeDeclareAsync(exchange, ExchangeType.Fanout, durable: true);
        await _channel.QueueDeclareAsync(queue, durable: true, exclusive: false, autoDelete: false, arguments);
        await _channel.QueueBindAsync(queue, exchange, "");
    }

    /// <summary>Takes what comes and acknowledges nothing, until the broker closes the channel.</summary>
    public Task StandStillAsync(string queue) =>
        _channel.BasicConsumeAsync(queue, autoAck: false, new RabbitMQ.Client.Events.AsyncEventingBasicConsumer(_channel));

    /// <summary>Whether the broker has closed the channel.</summary>
    public bool IsCutOff => _channel.IsClosed;

    public Task DeleteAsync(string queue) => _channel.QueueDeleteAsync(queue);

    public Task<uint> CountAsync(string queue) => _channel.MessageCountAsync(queue);

    /// <summary>Takes whatever is in the queue, in its order.</summary>
    public async Task<List<BasicGetResult>> TakeAllAsync(string queue)
    {
        var messages = new List<BasicGetResult>();
        while (await _channel.BasicGetAsync(queue, autoAck: true) is { } message) messages.Add(message);
        return messages;
    }

    public Task PublishAsync(string exchange, string body) =>
        PublishAsync(exchange, body, new BasicProperties { ContentType = "application/json", Persistent = true });

    public async Task PublishAsync(string exchange, string body, BasicProperties properties) =>
        await _channel.BasicPublishAsync(exchange, "", mandatory: true, properties, Encoding.UTF8.GetBytes(body));

    /// <summary>Waits for a message.</summary>
    public Task<BasicGetResult> GetAsync(string queue, bool acknowledge = true) => Eventually.ValueAsync(
        async () => await ExistsAsync(queue) ? await _channel.BasicGetAsync(queue, acknowledge) : null,
        $"a message arrives in {queue}");

    public static string Header(BasicGetResult message, string name) =>
        message.BasicProperties.Headers!.TryGetValue(name, out var value) && value is byte[] text ? Encoding.UTF8.GetString(text) : "";

    public async ValueTask DisposeAsync()
    {
        await _channel.DisposeAsync();
        await _connection.DisposeAsync();
    }

    /// <summary>Asking for a queue that is not there costs the channel.</summary>
    private async Task<bool> ExistsAsync(string queue)
    {
        await using var probe = await _connection.CreateChannelAsync();
        try
        {
            await probe.QueueDeclarePassiveAsync(queue);
            return true;
        }
        catch (RabbitMQ.Client.Exceptions.OperationInterruptedException)
        {
            return false;
        }
    }
}
