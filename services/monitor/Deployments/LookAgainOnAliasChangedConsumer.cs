using MassTransit;
using Platform.Contracts.Registry;

namespace Platform.Monitor.Deployments;

/// <summary>After an alias changed by hand the registry's snapshot is worth a look.</summary>
internal sealed class LookAgainOnAliasChangedConsumer(DeploymentWatcher watcher) : IConsumer<AliasChanged>
{
    public Task Consume(ConsumeContext<AliasChanged> context)
    {
        watcher.Signal();
        return Task.CompletedTask;
    }
}
