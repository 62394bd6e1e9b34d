using MassTransit;
using Platform.Contracts.Registry;

namespace Platform.Monitor.Deployments;

/// <summary>After a promotion the registry's snapshot is worth a look.</summary>
internal sealed class LookAgainOnModelPromotedConsumer(DeploymentWatcher watcher) : IConsumer<ModelPromoted>
{
    public Task Consume(ConsumeContext<ModelPromoted> context)
    {
        watcher.Signal();
        return Task.CompletedTask;
    }
}
