using System.Collections.Concurrent;
using MassTransit;
using Platform.Contracts.Registry;

namespace Platform.Registry.Tests;

/// <summary>Stands for a service that hears of promotions.</summary>
internal sealed class PromotionListener(ConcurrentQueue<ModelPromoted> heard) : IConsumer<ModelPromoted>
{
    public Task Consume(ConsumeContext<ModelPromoted> context)
    {
        heard.Enqueue(context.Message);
        return Task.CompletedTask;
    }
}
