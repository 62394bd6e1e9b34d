using MassTransit;
using Platform.Contracts.Registry;

namespace Platform.Monitor.Deployments;

/// <summary>After an alias changed by hand the registry's snapshot is worth a look.</summary>
internal sealed class LookAgainOnRolloutSteppedConsumer(DeploymentWatcher watcher) : IConsumer<RolloutStepped>
{
    public Task Consume(ConsumeContext<RolloutStepped> context)
    {
        watcher.Signal();
        return Task.CompletedTask;
    }
}
