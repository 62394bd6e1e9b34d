using Microsoft.Extensions.Options;
using Platform.Explainer.Explanations;
using Platform.Explainer.References;
using Platform.Explainer.Settings;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Global;

/// <summary>
/// Explanations of versions as a whole: computed once for all who ask the same, few at a time, and kept in memory, as a version and its reference
/// rows never change. Who asks waits a moment, and asks again for what takes longer; what a process had begun when it ended is begun anew when it is
/// asked for.
/// </summary>
internal sealed class GlobalAnswers(IOptions<ExplainerOptions> options, TimeProvider time) : IDisposable
{
    private const int MostKept = 256;
    private const long MostNumbers = 2_000_000;

    /// <summary>So long a failure is told to all who ask: those who come back for the answer must learn of it.</summary>
    private static readonly TimeSpan FailureKept = TimeSpan.FromMinutes(1);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, GlobalComputation> _known = [];
    private readonly SemaphoreSlim _turns = new(options.Value.JobConcurrency);
    private readonly CancellationTokenSource _closing = new();
    private long _uses;

    /// <summary>The computation of that key, begun where there is none. Refused where too many wait.</summary>
    public Result<GlobalComputation> Ask(string key, Func<WorkCount, CancellationToken, Task<Result<IGlobalAnswer>>> compute)
    {
        lock (_gate)
        {
            if (!_known.TryGetValue(key, out var found) || IsSpent(found))
            {
                if (_known.Values.Count(computation => !computation.Result.IsCompleted) >= options.Value.QueuedJobs)
                    return ExplanationErrors.QueueFull(options.Value.QueuedJobs);
                _known[key] = found = Begin(compute);
            }

            found.LastUse = ++_uses;
            Evict();
            return found;
        }
    }

    /// <summary>What a computation comes to; null where that takes longer than callers wait.</summary>
    public async Task<Result<IGlobalAnswer>?> WaitAsync(GlobalComputation computation, CancellationToken cancellationToken)
    {
        try
        {
            return await computation.Result.WaitAsync(options.Value.GlobalPatience, time, cancellationToken);
        }
        catch (TimeoutException) when (!computation.Result.IsFaulted)
        {
            return null;
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        _closing.Dispose();
    }

    private GlobalComputation Begin(Func<WorkCount, CancellationToken, Task<Result<IGlobalAnswer>>> compute)
    {
        var work = new WorkCount();
        var closing = _closing.Token;
        var computation = new GlobalComputation(work, Task.Run(() => InTurnAsync(compute, work, closing), closing));
        computation.Result.ContinueWith(
            _ => End(computation), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return computation;
    }

    private async Task<Result<IGlobalAnswer>> InTurnAsync(
        Func<WorkCount, CancellationToken, Task<Result<IGlobalAnswer>>> compute, WorkCount work, CancellationToken closing)
    {
        await _turns.WaitAsync(closing);
        try
        {
            return await compute(work, closing);
        }
        finally
        {
            _turns.Release();
        }
    }

    private void End(GlobalComputation computation)
    {
        lock (_gate)
        {
            computation.EndedAt = time.GetUtcNow();
            Evict();
        }
    }

    /// <summary>A fault of ours is told once, a failure for a while.</summary>
    private bool IsSpent(GlobalComputation computation) => computation.Result.IsFaulted || computation.Result.IsCanceled
        || (computation.Failure is not null && computation.EndedAt is { } ended && time.GetUtcNow() - ended >= FailureKept);

    private void Evict()
    {
        while (_known.Count > MostKept || _known.Values.Sum(computation => (long)computation.Weight) > MostNumbers)
        {
            var oldest = _known.Where(entry => entry.Value.Result.IsCompleted).OrderBy(entry => entry.Value.LastUse).FirstOrDefault();
            if (oldest.Key is null) return;
            _known.Remove(oldest.Key);
        }
    }
}
