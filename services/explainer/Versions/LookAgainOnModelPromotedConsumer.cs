using MassTransit;
using Platform.Contracts.Registry;

namespace Platform.Explainer.Versions;

/// <summary>Looks at the registry's snapshot when a version begins or ceases to serve.</summary>
internal sealed class LookAgainOnModelPromotedConsumer(DeploymentWatcher deployments) : IConsumer<ModelPromoted>
{
    public Task Consume(ConsumeContext<ModelPromoted> context)
    {
        deployments.Signal();
        return Task.CompletedTask;
    }
}
