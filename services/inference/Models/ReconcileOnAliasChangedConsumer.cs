using MassTransit;
using Platform.Contracts.Registry;

namespace Platform.Inference.Models;

internal sealed class ReconcileOnAliasChangedConsumer(DeploymentSync deployments) : IConsumer<AliasChanged>
{
    public Task Consume(ConsumeContext<AliasChanged> context)
    {
        deployments.Signal();
        return Task.CompletedTask;
    }
}
