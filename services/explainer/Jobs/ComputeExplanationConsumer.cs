using MassTransit;
using Platform.Contracts.Explainer;
using Platform.Explainer.Explanations;
using Platform.Hosting.Defaults;
using Platform.Hosting.Documents;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Jobs;

/// <summary>
/// Computes an explanation in the background. The document decides: a repeated command finds it finished and does nothing, a
/// process that stops leaves it queued. What cannot be explained is finished as failed; what may go better later is tried again.
/// </summary>
internal sealed class ComputeExplanationConsumer(
    ExplanationStore store, JobRunner runner, IHostApplicationLifetime lifetime, TimeProvider time,
    ILogger<ComputeExplanationConsumer> logger) : IConsumer<ComputeExplanation>
{
    /// <summary>Over all commands and processes.</summary>
    private const int MaximumAttempts = 12;

    public async Task Consume(ConsumeContext<ComputeExplanation> context)
    {
        var command = Named(context);
        using var stopping = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            var isLastAttempt = context.GetRetryAttempt() >= ComputeExplanationConsumerDefinition.Retries;
            if (await OpenAsync(command, stopping.Token) is { } job)
                await FinishAsync(job, isLastAttempt, stopping.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            JobsLog.LeftQueued(logger, command.ExplanationId);
        }
    }

    private static ComputeExplanation Named(ConsumeContext<ComputeExplanation> context)
    {
        var command = context.Message;
        if (command.ExplanationId.Length == 0) command = command with { ExplanationId = context.MessageId?.ToString() ?? "" };
        return RequestIds.IsWellFormed(command.ExplanationId) && RequestIds.IsWellFormed(command.Model)
            ? command
            : throw new UnusableCommandException("The command's explanationId and model must each hold 1 to 128 visible ASCII characters.");
    }

    /// <summary>The queued document of the command, stored first for a command that came from elsewhere; null if it is finished.</summary>
    private async Task<Document<ExplanationRecord>?> OpenAsync(ComputeExplanation command, CancellationToken cancellationToken)
    {
        var known = await store.FindAsync(command.ExplanationId, cancellationToken);
        if (known is not null)
            return known.Value.State == ExplanationState.Queued ? known : null;

        var record = new ExplanationRecord { Id = command.ExplanationId, Model = command.Model, CreatedAt = time.GetUtcNow() };
        var parsed = JobRunner.Parse(command.Request);
        record = parsed.Succeeded(out var request, out var error)
            ? record with { Request = request }
            : record.Finish(error, time.GetUtcNow());
        var isFirst = await store.TryPutAsync(record, expectedRevision: 0, cancellationToken);
        return isFirst && error is null ? new Document<ExplanationRecord>(record.Id, Revision: 1, record) : null;
    }

    private async Task FinishAsync(Document<ExplanationRecord> job, bool isLastAttempt, CancellationToken cancellationToken)
    {
        // Counted before the work: an explanation that takes the process down must not do so for ever.
        var record = job.Value with { Attempts = job.Value.Attempts + 1 };
        if (!await store.TryPutAsync(record, job.Revision, cancellationToken))
            return;
        var result = record.Attempts > MaximumAttempts ? ExplanationErrors.Failed() : await runner.RunAsync(record, cancellationToken);
        if (result.Error is { Status: StatusCodes.Status503ServiceUnavailable } away && !isLastAttempt)
            throw new HttpRequestException(away.Detail);
        await StoreAsync(new(record.Id, job.Revision + 1, record), result, cancellationToken);
    }

    /// <summary>
    /// A command may be repeated while its explanation is computed, and computed beside it: the first result stands, and a later
    /// beginning does not undo an earlier one.
    /// </summary>
    private async Task StoreAsync(Document<ExplanationRecord>? job, Result<Explanation> result, CancellationToken cancellationToken)
    {
        while (job is { Value.State: ExplanationState.Queued }
            && !await store.TryPutAsync(job.Value.Finish(result, time.GetUtcNow()), job.Revision, cancellationToken))
            job = await store.FindAsync(job.Id, cancellationToken);
    }
}
