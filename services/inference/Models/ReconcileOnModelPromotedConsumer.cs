using MassTransit;
using Platform.Contracts.Registry;

namespace Platform.Inference.Models;

internal sealed class ReconcileOnModelPromotedConsumer(DeploymentSync deployments) : IConsumer<ModelPromoted>
{
    public Task Consume(ConsumeContext<ModelPromoted> context)
    {
        deployments.Signal();
        return Task.CompletedTask;
    }
}
