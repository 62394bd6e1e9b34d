using MassTransit;

namespace Platform.Hosting.Messaging;

/// <summary>Gives a message that is published without the outbox the CloudEvents attributes that the outbox gives.</summary>
internal sealed class CloudEventFilter<T>(TimeProvider time) : IFilter<PublishContext<T>> where T : class
{
    public Task Send(PublishContext<T> context, IPipe<PublishContext<T>> next)
    {
        if (WireNames.IsMessage(typeof(T))) CloudEvent.Complete(context, time.GetUtcNow());
        return next.Send(context);
    }

    public void Probe(ProbeContext context) => context.CreateFilterScope("cloudEvents");
}
