using MassTransit;
using Platform.Contracts.Inference;
using Platform.Hosting.Messaging;

namespace Platform.Inference.Jobs;

/// <summary>
/// Begins a job: one that is stored, or one that comes with the command. A fault of the store or the broker is tried again; in
/// the end the command is dead-lettered, and the job, where it is stored, stays queued and is found by the sweeper.
/// </summary>
internal sealed class SubmitPredictionConsumer(JobProcessor processor, IBus bus) : IConsumer<SubmitPrediction>
{
    public async Task Consume(ConsumeContext<SubmitPrediction> context)
    {
        var command = context.Message;
        if (command.JobId.Length == 0) command = command with { JobId = context.IdOfMessage() };
        if (!await processor.TryBeginAsync(command, context.CancellationToken))
            await bus.PutBackAsync(SubmitPredictionConsumerDefinition.Queue, command, context.CancellationToken);
    }
}
