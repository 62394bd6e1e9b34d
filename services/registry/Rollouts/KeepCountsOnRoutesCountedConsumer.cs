using MassTransit;
using Platform.Contracts.Monitor;

namespace Platform.Registry.Rollouts;

internal sealed class KeepCountsOnRoutesCountedConsumer(RolloutStore rollouts) : IConsumer<RoutesCounted>
{
    public Task Consume(ConsumeContext<RoutesCounted> context) => rollouts.KeepAsync(context.Message, context.CancellationToken);
}
