using MassTransit;
using Platform.Contracts.Registry;

namespace Platform.Monitor.Deployments;

/// <summary>After a roll-back the registry's snapshot is worth a look.</summary>
internal sealed class LookAgainOnModelRolledBackConsumer(DeploymentWatcher watcher) : IConsumer<ModelRolledBack>
{
    public Task Consume(ConsumeContext<ModelRolledBack> context)
    {
        watcher.Signal();
        return Task.CompletedTask;
    }
}
