using System.Collections.Concurrent;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Registry;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;

namespace Platform.Integration.Tests.Messaging;

[Collection(MessagingServers.Name)]
public sealed class BrokerOutageTests(RabbitMqServer server)
{
    [Fact]
    public async Task Nothing_that_was_acknowledged_is_lost_when_the_broker_is_killed()
    {
        var heard = new Heard("test-outage");
        await using var listener = await RabbitMqHosts.StartListenerAsync(server, heard);
        await using var publisher = await RabbitMqHosts.StartPublisherAsync(server);
        await server.QueueIsSavedAsync(heard.Queue);
        var acknowledged = new ConcurrentQueue<string>();
        using var stop = new CancellationTokenSource();
        var publishing = Task.WhenAll(Enumerable.Range(0, 4).Select(writer => PublishUntilAsync(publisher.Bus(), writer, acknowledged, stop.Token)));

        await AcknowledgedAsync(acknowledged, 500);
        server.Kill();
        await server.RestartAsync();
        await AcknowledgedAsync(acknowledged, acknowledged.Count + 500);
        await stop.CancelAsync();
        await publishing;

        await Eventually.TrueAsync(() => !acknowledged.Except(Versions(heard)).Any(), "every acknowledged message arrives");
    }

    [Fact]
    public async Task A_process_that_starts_while_the_broker_is_away_is_ready_and_takes_part_once_it_is_back()
    {
        await server.StopAsync();
        var heard = new Heard("test-late");
        await using var listener = await RabbitMqHosts.StartListenerAsync(server, heard);

        await server.RestartAsync();
        await listener.App.Services.GetRequiredService<IBusControl>().WaitForHealthStatus(BusHealthStatus.Healthy, TimeSpan.FromSeconds(60));
        await listener.Bus().Publish(new ModelPromoted { Version = "1" });

        await heard.AtLeastAsync(1);
    }

    private static async Task PublishUntilAsync(IBus bus, int writer, ConcurrentQueue<string> acknowledged, CancellationToken stop)
    {
        for (var n = 0; !stop.IsCancellationRequested; n++)
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            try
            {
                await bus.Publish(new ModelPromoted { Version = $"{writer}-{n}" }, patience.Token);
                acknowledged.Enqueue($"{writer}-{n}");
            }
            catch (Exception exception) when (exception is MassTransitException or OperationCanceledException)
            {
                // Not acknowledged: it may be lost.
            }
        }
    }

    private static Task AcknowledgedAsync(ConcurrentQueue<string> acknowledged, int count) =>
        Eventually.TrueAsync(() => acknowledged.Count >= count, $"{count} messages are acknowledged");

    private static HashSet<string> Versions(Heard heard) => [.. heard.Messages.Select(message => message.Version)];
}
