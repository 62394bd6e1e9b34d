using MassTransit;
using Platform.Contracts.Registry;

namespace Platform.Explainer.Versions;

/// <summary>Looks at the registry's snapshot when a version begins or ceases to serve.</summary>
internal sealed class LookAgainOnModelRolledBackConsumer(DeploymentWatcher deployments) : IConsumer<ModelRolledBack>
{
    public Task Consume(ConsumeContext<ModelRolledBack> context)
    {
        deployments.Signal();
        return Task.CompletedTask;
    }
}
