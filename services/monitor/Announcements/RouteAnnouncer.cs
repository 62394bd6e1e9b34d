using MassTransit;
using Microsoft.Extensions.Options;
using Platform.Contracts.Monitor;
using Platform.Hosting.Replicas;
using Platform.Monitor.Deployments;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Intake;
using Platform.Monitor.State;
using Platform.Monitor.Versions;
using Platform.Monitor.Windows;

namespace Platform.Monitor.Announcements;

/// <summary>
/// Publishes how the versions fare that share a model's requests. Whoever decides by it needs no message in particular: the counts only grow, and the
/// next one says it all again. So it goes past the outbox.
/// </summary>
internal sealed class RouteAnnouncer(
    ServingVersions serving, LedgerKeeper keeper, ConsumptionSignal consumed, IBus bus, [FromKeyedServices(MonitorService.Name)] ActiveReplica replica,
    IOptions<RouteCountOptions> options, TimeProvider time, ILogger<RouteAnnouncer> logger) : BackgroundService
{
    /// <summary>The next message comes soon.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);

    /// <summary>Whoever decides by the counts takes them for those of now.</summary>
    private static readonly TimeSpan MostBehind = TimeSpan.FromSeconds(30);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.Interval, time);
        var next = consumed.Next;
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            var isReadingOld = next.IsCompleted && consumed.Behind > MostBehind;
            next = consumed.Next;
            if (isReadingOld)
                continue;
            foreach (var (model, versions) in replica.IsActive ? serving.Shared : [])
                await TryAnnounceAsync(model, versions, stoppingToken);
        }
    }

    private async Task TryAnnounceAsync(string model, IReadOnlyList<string> versions, CancellationToken stopping)
    {
        try
        {
            var counted = await keeper.ChangeAsync(ledger => Count(ledger, model, versions), stopping);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            patience.CancelAfter(Patience);
            await bus.Publish(counted, patience.Token);
        }
#pragma warning disable CA1031 // whatever keeps the ledger or the bus, the next message says it all again
        catch (Exception exception) when (!stopping.IsCancellationRequested)
#pragma warning restore CA1031
        {
            RoutesLog.NotAnnounced(logger, exception, model);
        }
    }

    private RoutesCounted Count(Ledger ledger, string model, IReadOnlyList<string> versions) => new()
    {
        Model = model,
        Routes = [.. versions.SelectMany(version => Count(ledger, new VersionKey(model, version)))],
        At = time.GetUtcNow(),
    };

    private static IEnumerable<RouteCount> Count(Ledger ledger, VersionKey version)
    {
        if (ledger.Versions.Find(version) is not { } state)
            yield break;
        foreach (var (route, tally) in state.AllRoutes().ByRoute)
        {
            var (labelled, correct) = ledger.RouteLabels.Of(version, route);
            yield return new RouteCount
            {
                Version = version.Version,
                Route = route,
                Requests = tally.Requests,
                Errors = tally.Errors,
                LatencyCounts = tally.Latency,
                Labelled = labelled,
                Correct = correct,
                Outcomes = ledger.RouteOutcomes.Of(version, route),
            };
        }
    }
}
