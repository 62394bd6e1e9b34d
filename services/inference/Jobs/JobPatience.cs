using Microsoft.Extensions.Options;
using Platform.Hosting.Errors;
using Platform.Inference.Models;

namespace Platform.Inference.Jobs;

/// <summary>Lets a job wait, with growing pauses, while its model loads, its queue is full or the registry is away.</summary>
internal sealed class JobPatience(JobRunner runner, DeploymentSync deployments, IOptions<JobOptions> options, TimeProvider time)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(1);

    /// <summary>A model may have been promoted a moment ago, and this process may hear of it a moment later.</summary>
    private static readonly TimeSpan UntilHeardOf = TimeSpan.FromSeconds(2);

    public async Task<JobOutcome> RunAsync(JobRecord job, byte[] body, CancellationToken cancellationToken)
    {
        await deployments.FirstPass.WaitAsync(cancellationToken);
        var started = time.GetTimestamp();
        for (var pause = FirstPause; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            var result = await runner.TryRunAsync(job, body, cancellationToken);
            if (result.Succeeded(out var outcome, out var problem)) return outcome;
            if (time.GetElapsedTime(started) >= PatienceFor(problem)) return JobOutcome.Failed(problem);
            if (pause == FirstPause && problem.Status == StatusCodes.Status404NotFound) deployments.Signal();
            await Task.Delay(pause, time, cancellationToken);
        }
    }

    private TimeSpan PatienceFor(Error problem) => problem.Status == StatusCodes.Status404NotFound
        ? options.Value.Patience < UntilHeardOf ? options.Value.Patience : UntilHeardOf
        : options.Value.Patience;
}
