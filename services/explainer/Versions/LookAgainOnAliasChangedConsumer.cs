using MassTransit;
using Platform.Contracts.Registry;

namespace Platform.Explainer.Versions;

/// <summary>Looks at the registry's snapshot when a version begins or ceases to serve.</summary>
internal sealed class LookAgainOnAliasChangedConsumer(DeploymentWatcher deployments) : IConsumer<AliasChanged>
{
    public Task Consume(ConsumeContext<AliasChanged> context)
    {
        deployments.Signal();
        return Task.CompletedTask;
    }
}
