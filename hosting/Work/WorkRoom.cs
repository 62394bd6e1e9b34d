namespace Platform.Hosting.Work;

/// <summary>The places at which this process works, so many at a time.</summary>
public sealed class WorkRoom<T>(RunningWork<T> running, WorkSettings<T> settings, IHostApplicationLifetime lifetime) : IDisposable where T : WorkRecord
{
    private readonly SemaphoreSlim _places = new(settings.Concurrency);

    /// <summary>Takes a place, to begin work at it or to leave it. False when none came free within <paramref name="patience"/>.</summary>
    public Task<bool> EnterAsync(TimeSpan patience, CancellationToken cancellationToken) => _places.WaitAsync(patience, cancellationToken);

    /// <summary>Leaves a place at which nothing was begun.</summary>
    public void Leave() => _places.Release();

    /// <summary>
    /// Begins work at a place that was taken. <paramref name="run"/> completes when the document is through with the work, with what may still
    /// compute for it; the place is left when that has ended, too, so that what is cancelled again and again does not pile up. False when this
    /// process is at it already or <paramref name="claim"/> has not got it; the place is the caller's then.
    /// </summary>
    public async Task<bool> TryBeginAsync<TBegun>(
        string id, Func<CancellationToken, Task<TBegun?>> claim, Func<TBegun, CancellationToken, Task<Task>> run, CancellationToken cancellationToken)
        where TBegun : class
    {
        if (!running.TryEnter(id, lifetime.ApplicationStopping, out var entry)) return false;
        TBegun? begun = null;
        try
        {
            begun = await claim(cancellationToken);
        }
        finally
        {
            if (begun is null) entry.Dispose();
        }

        if (begun is null) return false;
        entry.IsBegun = true;
        _ = Task.Run(() => RunAsync(begun, entry, run), CancellationToken.None);
        return true;
    }

    /// <summary>Waits until nothing runs here any more, once the process stops.</summary>
    internal async Task DrainAsync(CancellationToken cancellationToken)
    {
        for (var i = 0; i < settings.Concurrency; i++) await _places.WaitAsync(cancellationToken);
        _places.Release(settings.Concurrency);
    }

    /// <inheritdoc />
    public void Dispose() => _places.Dispose();

    private async Task RunAsync<TBegun>(TBegun begun, RunningWork<T>.Entry entry, Func<TBegun, CancellationToken, Task<Task>> run)
    {
        try
        {
            var computing = Task.CompletedTask;
            try
            {
                computing = await run(begun, entry.Token);
            }
            finally
            {
                entry.Dispose();
            }

            // The end of the process does not wait for it.
            await computing.WaitAsync(lifetime.ApplicationStopping).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        finally
        {
            _places.Release();
        }
    }
}
