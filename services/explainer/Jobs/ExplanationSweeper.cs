using Platform.Hosting.Work;

namespace Platform.Explainer.Jobs;

/// <summary>Looks after the explanations; one that is queued again is looked for at once.</summary>
internal sealed class ExplanationSweeper(
    WorkParts<ExplanationRecord> parts, ExplanationQueue queue, IHostApplicationLifetime lifetime, TimeProvider time, ILogger<ExplanationSweeper> logger)
    : WorkSweeper<ExplanationRecord>(parts, lifetime, time, logger)
{
    protected override Task OnQueuedAgainAsync(ExplanationRecord work)
    {
        queue.Wake();
        return Task.CompletedTask;
    }
}
