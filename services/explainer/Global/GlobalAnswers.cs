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

    /// <summary>So long after the last one asked for it, and was told to ask again, nobody wants a computation any more.</summary>
    private static readonly TimeSpan ForgottenAfter = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan LooksAgainAfter = TimeSpan.FromSeconds(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, GlobalComputation> _known = [];
    private readonly SemaphoreSlim _turns = new(options.Value.JobConcurrency);
    private readonly CancellationTokenSource _closing = new();
    private long _uses;

    /// <summary>The computation of that key, begun where there is none. Refused where too many wait, or more than a quarter of those that may for one model.</summary>
    public Result<GlobalComputation> Ask(string key, string model, Func<WorkCount, CancellationToken, Task<Result<IGlobalAnswer>>> compute)
    {
        lock (_gate)
        {
            if (!_known.TryGetValue(key, out var found) || IsSpent(found))
            {
                if (Full(model) is { } limit) return ExplanationErrors.QueueFull(limit);
                _known[key] = found = Begin(model, compute);
            }

            (found.LastUse, found.AskedAt) = (++_uses, time.GetUtcNow());
            Evict();
            return found;
        }
    }

    /// <summary>What a computation comes to; null where that takes longer than callers wait.</summary>
    public async Task<Result<IGlobalAnswer>?> WaitAsync(GlobalComputation computation, CancellationToken cancellationToken)
    {
        try
        {
            var result = await computation.Result.WaitAsync(options.Value.GlobalPatience, time, cancellationToken);
            computation.IsTold = true;
            return result;
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

    /// <summary>How many wait where no further one may; null where one may.</summary>
    private int? Full(string model)
    {
        var (limit, ofOneModel) = (options.Value.QueuedJobs, Math.Max(1, options.Value.QueuedJobs / 4));
        var waiting = _known.Values.Where(computation => !computation.Result.IsCompleted && !IsForgotten(computation)).ToList();
        return waiting.Count >= limit ? limit : waiting.Count(computation => computation.Model == model) >= ofOneModel ? ofOneModel : null;
    }

    private GlobalComputation Begin(string model, Func<WorkCount, CancellationToken, Task<Result<IGlobalAnswer>>> compute)
    {
        var closing = _closing.Token;
        var computation = new GlobalComputation(model, time.GetUtcNow(), begun => Task.Run(() => InTurnAsync(compute, begun, closing), closing));
        computation.Result.ContinueWith(
            _ => End(computation), CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return computation;
    }

    private async Task<Result<IGlobalAnswer>> InTurnAsync(
        Func<WorkCount, CancellationToken, Task<Result<IGlobalAnswer>>> compute, GlobalComputation computation, CancellationToken closing)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(closing);
        await using var watch = time.CreateTimer(_ => StopForgotten(computation, stop), null, LooksAgainAfter, LooksAgainAfter);
        await _turns.WaitAsync(stop.Token);
        try
        {
            StopForgotten(computation, stop);
            stop.Token.ThrowIfCancellationRequested();
            return await compute(computation.Work, stop.Token);
        }
        finally
        {
            _turns.Release();
        }
    }

    private void StopForgotten(GlobalComputation computation, CancellationTokenSource stop)
    {
        lock (_gate)
        {
            if (!IsForgotten(computation)) return;
            computation.IsStopped = true;
        }

        stop.Cancel();
    }

    private bool IsForgotten(GlobalComputation computation) =>
        computation.IsStopped || time.GetUtcNow() - computation.AskedAt > options.Value.GlobalPatience + ForgottenAfter;

    private void End(GlobalComputation computation)
    {
        lock (_gate)
        {
            computation.EndedAt = time.GetUtcNow();
            Evict();
        }
    }

    /// <summary>A fault of ours is told once, and so is a failure that may pass; any other for a while.</summary>
    private bool IsSpent(GlobalComputation computation) => computation.Result.IsFaulted || computation.Result.IsCanceled || computation.IsStopped
        || (computation.IsTold && computation.Failure is { Status: >= StatusCodes.Status500InternalServerError })
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
