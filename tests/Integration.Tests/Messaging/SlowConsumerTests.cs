using MassTransit;
using Platform.Contracts.Registry;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;

namespace Platform.Integration.Tests.Messaging;

[Collection(MessagingServers.Name)]
public sealed class SlowConsumerTests(RabbitMqServer server)
{
    private const int Events = 300;

    /// <summary>What a consumer is given at once: its concurrency, with a little ahead.</summary>
    private const int MostAtOnce = 16;

    [Fact]
    public async Task A_consumer_that_stands_still_holds_up_nobody_and_the_broker_keeps_what_it_has_not_taken()
    {
        var goOn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var slow = new Heard("test-slow") { Before = _ => goOn.Task };
        var fast = new Heard("test-fast");
        await using var one = await RabbitMqHosts.StartListenerAsync(server, slow);
        await using var two = await RabbitMqHosts.StartListenerAsync(server, fast);
        await using var client = await PlainClient.ConnectAsync(server);

        for (var n = 0; n < Events; n++) await one.Bus().Publish(new ModelPromoted { Version = $"{n}" });

        await fast.AtLeastAsync(Events);
        await Eventually.TrueAsync(async () => await client.CountAsync(slow.Queue) is >= Events - MostAtOnce and <= Events, "the rest waits in the broker");
        Assert.Empty(slow.Messages);
        goOn.SetResult();
        await slow.AtLeastAsync(Events);
        Assert.Equal(Events, slow.Messages.Select(message => message.Version).Distinct().Count());
    }
}
