using System.Diagnostics;
using Microsoft.Extensions.Options;
using Platform.Onnx.Children;

namespace Platform.Registry.Sessions;

/// <summary>
/// Has model files looked at and tried out in processes of their own: a few at a time, each within bounds, since nobody knows yet what
/// they do. Nothing that such a process does reaches this one.
/// </summary>
internal sealed class VettingProcesses(
    IOptions<ModelSessionOptions> options, VettingMetrics metrics, ILogger<VettingProcesses> logger) : IDisposable
{
    private static readonly TimeSpan EndPatience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _places = new(options.Value.MaxConcurrent, options.Value.MaxConcurrent);
    private readonly long _share = MemoryShare.Of(options.Value.MaxConcurrent);
    private int _waiting;

    /// <summary>The most memory that a file of this size may take while it is loaded.</summary>
    public long BoundOfLoading(long fileBytes) => Math.Min(BoundOfRunning, options.Value.LoadMemoryBytes + 8 * fileBytes);

    /// <summary>The most memory that a version may take while it is loaded and run.</summary>
    public long BoundOfRunning => options.Value.MaxMemoryBytes > 0 ? options.Value.MaxMemoryBytes : _share;

    /// <summary>Lets a process look at a file.</summary>
    /// <typeparam name="TRole">What the process does.</typeparam>
    /// <typeparam name="T">What comes of it.</typeparam>
    /// <param name="fileBytes">How large the file is, which gives it time.</param>
    /// <param name="memoryBytes">How much memory it may take.</param>
    /// <param name="talk">Tells it what to look at and hears what it finds; throws <see cref="RefusedException"/> where that is a refusal.</param>
    /// <param name="cancellationToken">Ends the process.</param>
    /// <exception cref="VettingEndedException">The process came to its end before it had found anything.</exception>
    /// <exception cref="SessionsBusyException">Others keep all places.</exception>
    /// <exception cref="ChildStartException">No process can be started.</exception>
    public async Task<T> UseAsync<TRole, T>(long fileBytes, long memoryBytes, Func<VettingTalk, T> talk, CancellationToken cancellationToken)
        where TRole : IChildRole, new()
    {
        await TakePlaceAsync(cancellationToken);
        var (started, outcome) = (Stopwatch.GetTimestamp(), VettingOutcome.Failed);
        try
        {
            await using var child = await ChildProcess.StartAsync<TRole>(LimitsOf(fileBytes, memoryBytes), cancellationToken);
            var found = await TalkAsync(child, talk, cancellationToken);
            outcome = VettingOutcome.Passed;
            return found;
        }
        catch (Exception exception)
        {
            outcome = VettingOutcome.Of(exception);
            throw;
        }
        finally
        {
            _places.Release(); // the process has ended by now
            metrics.Vetted(outcome, Stopwatch.GetElapsedTime(started));
        }
    }

    public void Dispose() => _places.Dispose();

    private async Task TakePlaceAsync(CancellationToken cancellationToken)
    {
        if (_places.Wait(0, CancellationToken.None)) return;
        try
        {
            if (Interlocked.Increment(ref _waiting) > options.Value.MaxWaiting) throw new SessionsBusyException();
            if (!await _places.WaitAsync(options.Value.Timeout, cancellationToken)) throw new SessionsBusyException();
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private async Task<T> TalkAsync<T>(ChildProcess child, Func<VettingTalk, T> talk, CancellationToken cancellationToken)
    {
        try
        {
            return await child.TalkAsync(process => talk(new VettingTalk(process.Input, process.Output)), cancellationToken);
        }
        catch (BrokenTalkException)
        {
            var end = await AwaitEndAsync(child);
            logger.VettingEnded(end.Describe(child.Limits), end.Said);
            throw new VettingEndedException(end, child.Limits);
        }
    }

    /// <summary>Whoever says no more is about to end; its end is waited for, so that its cause is known, and brought about where it does not come.</summary>
    private static async Task<ChildEnd> AwaitEndAsync(ChildProcess child)
    {
        await Task.WhenAny(child.Ended, Task.Delay(EndPatience));
        child.Kill();
        return await child.Ended;
    }

    private ChildLimits LimitsOf(long fileBytes, long memoryBytes) => new()
    {
        MemoryBytes = memoryBytes,
        Time = options.Value.TimeoutFor(fileBytes),
        ProcessorTime = options.Value.TimeoutFor(fileBytes) + TimeSpan.FromSeconds(10), // it computes on one thread; should this process not wake up
        Niceness = 10,
    };
}
