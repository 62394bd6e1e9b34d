using Microsoft.Extensions.Options;
using Platform.Hosting.Work;

namespace Platform.Inference.Jobs;

/// <summary>
/// What waits and runs, over all processes, as the last look at the documents found it. Submissions count at once, so that the
/// bounds hold between two looks.
/// </summary>
internal sealed class JobLoad(IOptions<JobOptions> options)
{
    private readonly Lock _gate = new();
    private long _queued;
    private long _bytes;

    public long Queued
    {
        get { lock (_gate) return _queued; }
    }

    /// <summary>When the job was submitted that was begun last of all here: jobs are begun in that order, so what is older was overlooked.</summary>
    public DateTimeOffset LastBegun { get; private set; }

    public long Running { get; private set; }

    /// <summary>When the job that waits longest was submitted; null when none waits.</summary>
    public DateTimeOffset? OldestQueuedAt { get; private set; }

    /// <summary>Makes room for one more; false when there is none.</summary>
    public bool TryTake(long bytes)
    {
        lock (_gate)
        {
            if (_queued >= options.Value.MaxQueued || _bytes + bytes > options.Value.MaxQueuedBytes) return false;
            (_queued, _bytes) = (_queued + 1, _bytes + bytes);
            return true;
        }
    }

    /// <summary>A job was begun.</summary>
    public void Begun(JobRecord job)
    {
        lock (_gate)
        {
            if (job.CreatedAt > LastBegun) LastBegun = job.CreatedAt;
        }

        Left(job);
    }

    /// <summary>A job waits no more.</summary>
    public void Left(JobRecord job)
    {
        if (job.State != WorkState.Queued) return;
        lock (_gate) (_queued, _bytes) = (Math.Max(0, _queued - 1), Math.Max(0, _bytes - job.BodyBytes));
    }

    /// <summary>Takes over what was counted to wait.</summary>
    public void SetQueued(long queued, long bytes, DateTimeOffset? oldest)
    {
        lock (_gate) (_queued, _bytes) = (queued, bytes);
        OldestQueuedAt = oldest;
    }

    /// <summary>Takes over what was counted to run.</summary>
    public void SetRunning(long running) => Running = running;
}
