using MassTransit;
using Platform.Contracts.Explainer;
using Platform.Hosting.Http;
using Platform.Hosting.Messaging;

namespace Platform.Explainer.Jobs;

/// <summary>
/// Takes a command over into the store, where a worker finds it. It is acknowledged then, not when the explanation is computed: that may take
/// longer than a broker waits for an acknowledgement. A repeated command finds its document and does nothing.
/// </summary>
internal sealed class ComputeExplanationConsumer(ExplanationQueue queue, IBus bus, IHostApplicationLifetime lifetime)
    : IConsumer<ComputeExplanation>
{
    public async Task Consume(ConsumeContext<ComputeExplanation> context)
    {
        var command = Named(context);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        if (!await queue.TakeOverAsync(command, CommandQueues.Patience, stopping.Token))
            await bus.PutBackAsync(ComputeExplanationConsumerDefinition.Queue, command, stopping.Token);
    }

    private static ComputeExplanation Named(ConsumeContext<ComputeExplanation> context)
    {
        var command = context.Message;
        if (command.ExplanationId.Length == 0) command = command with { ExplanationId = context.IdOfMessage() };
        return RequestIds.IsWellFormed(command.ExplanationId) && RequestIds.IsWellFormed(command.Model)
            ? command
            : throw new UnusableCommandException("The command's explanationId and model must each hold 1 to 128 visible ASCII characters.");
    }
}
