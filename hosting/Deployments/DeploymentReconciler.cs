using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Reconciling;

namespace Platform.Hosting.Deployments;

/// <summary>Keeps a service in step with what the registry says shall serve, and hands each snapshot to <see cref="ReconcileAsync"/>.</summary>
public abstract class DeploymentReconciler(RegistryClient registry, IOptions<RegistryOptions> options, TimeProvider time, ILogger logger)
    : SnapshotReconciler("the registry's deployments", () => options.Value.ReconcileInterval, time, logger)
{
    /// <summary>Makes the service agree with <paramref name="snapshot"/>. An exception is logged and the pass repeated.</summary>
    protected abstract Task ReconcileAsync(DeploymentSnapshot snapshot, CancellationToken cancellationToken);

    /// <inheritdoc />
    protected sealed override async Task PassAsync(CancellationToken cancellationToken) =>
        await ReconcileAsync(await registry.GetDeploymentsAsync(cancellationToken), cancellationToken);
}
