using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Deployments;

namespace Platform.Explainer.Versions;

/// <summary>Keeps the last snapshot of what serves, so that served versions can be explained while the registry is away.</summary>
internal sealed class DeploymentWatcher(
    RegistryClient registry, IOptions<RegistryOptions> options, TimeProvider time, ILogger<DeploymentWatcher> logger)
    : DeploymentReconciler(registry, options, time, logger)
{
    private volatile IReadOnlyList<Deployment> _deployments = [];

    /// <summary>The version behind an alias or a number, if it serves.</summary>
    public ModelVersionDescription? Find(string model, string versionOrAlias) => _deployments
        .FirstOrDefault(deployment => deployment.Model == model
            && (deployment.Alias == versionOrAlias || deployment.Version == versionOrAlias))
        ?.Description;

    protected override Task ReconcileAsync(DeploymentSnapshot snapshot, CancellationToken cancellationToken)
    {
        _deployments = snapshot.Items;
        return Task.CompletedTask;
    }
}
