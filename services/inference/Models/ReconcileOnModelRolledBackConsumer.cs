using MassTransit;
using Platform.Contracts.Registry;

namespace Platform.Inference.Models;

internal sealed class ReconcileOnModelRolledBackConsumer(DeploymentSync deployments) : IConsumer<ModelRolledBack>
{
    public Task Consume(ConsumeContext<ModelRolledBack> context)
    {
        deployments.Signal();
        return Task.CompletedTask;
    }
}
