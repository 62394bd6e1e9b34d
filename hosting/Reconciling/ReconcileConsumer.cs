using MassTransit;
using Platform.Contracts;

namespace Platform.Hosting.Reconciling;

/// <summary>Has a reconciler look when an event says that there is something to see. What the event says beyond that is not believed.</summary>
internal sealed class ReconcileConsumer<TReconciler, TEvent>(TReconciler reconciler) : IConsumer<TEvent>
    where TReconciler : SnapshotReconciler where TEvent : class, IEvent
{
    public Task Consume(ConsumeContext<TEvent> context)
    {
        reconciler.Signal();
        return Task.CompletedTask;
    }
}
