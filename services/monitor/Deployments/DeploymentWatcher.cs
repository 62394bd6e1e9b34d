using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Deployments;
using Platform.Hosting.Replicas;
using Platform.Monitor.Alerts;
using Platform.Monitor.Baselines;
using Platform.Monitor.State;
using Platform.Monitor.Versions;
using Platform.Monitor.Windows;

namespace Platform.Monitor.Deployments;

/// <summary>Keeps the baselines in step with what serves, and settles the alerts of what serves no more.</summary>
internal sealed class DeploymentWatcher(
    RegistryClient registry, ServingVersions serving, BaselineCatalog baselines, LedgerKeeper keeper, AlertCare alerts,
    [FromKeyedServices(MonitorService.Name)] ActiveReplica replica,
    IOptions<RegistryOptions> options, TimeProvider time, ILogger<DeploymentWatcher> logger)
    : DeploymentReconciler(registry, options, time, logger)
{
    protected override async Task ReconcileAsync(DeploymentSnapshot snapshot, CancellationToken cancellationToken)
    {
        serving.Set(snapshot);
        await baselines.PrepareAsync(cancellationToken);
        if (replica.IsActive)
            await keeper.ChangeAsync(Retire, cancellationToken);
    }

    private void Retire(Ledger ledger) => alerts.Retire(ledger, serving.All, version => ledger.Versions.Find(version)?.LastSeen);
}
