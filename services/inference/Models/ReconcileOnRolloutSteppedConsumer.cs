using MassTransit;
using Platform.Contracts.Registry;

namespace Platform.Inference.Models;

internal sealed class ReconcileOnRolloutSteppedConsumer(DeploymentSync deployments) : IConsumer<RolloutStepped>
{
    public Task Consume(ConsumeContext<RolloutStepped> context)
    {
        deployments.Signal();
        return Task.CompletedTask;
    }
}
