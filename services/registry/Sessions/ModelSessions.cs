using Microsoft.Extensions.Options;
using Platform.Onnx.Sessions;

namespace Platform.Registry.Sessions;

/// <summary>
/// Loads model files to look at them or to try them out: a few at a time, each for a bounded time, since nobody knows yet what
/// they do.
/// </summary>
internal sealed class ModelSessions(IOptions<ModelSessionOptions> options, TimeProvider time) : IDisposable
{
    private readonly SemaphoreSlim _places = new(options.Value.MaxConcurrent, options.Value.MaxConcurrent);

    /// <summary>
    /// Loads the file and lets <paramref name="use"/> work with it; its token is cancelled when the time is up.
    /// Throws <see cref="ModelLoadException"/> when the file cannot be loaded, <see cref="TimeoutException"/> when the time is up,
    /// and <see cref="SessionsBusyException"/> when others keep all places for as long.
    /// </summary>
    public async Task<T> UseAsync<T>(string path, Func<ModelSession, CancellationToken, T> use, CancellationToken cancellationToken)
    {
        if (!await _places.WaitAsync(options.Value.Timeout, cancellationToken)) throw new SessionsBusyException();
        var stop = new CancellationTokenSource(); // never disposed of: the work may end while it is being cancelled, and it holds nothing
        var work = Task.Run(() => Use(path, use, stop.Token), CancellationToken.None);
        try
        {
            return await work.WaitAsync(options.Value.Timeout, time, cancellationToken);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"It took longer than {options.Value.Timeout.TotalSeconds:0.###} s.");
        }
        finally
        {
            if (!work.IsCompleted) await stop.CancelAsync(); // it keeps its place until the runtime lets go
        }
    }

    public void Dispose() => _places.Dispose();

    private T Use<T>(string path, Func<ModelSession, CancellationToken, T> use, CancellationToken stop)
    {
        try
        {
            using var session = ModelSession.Load(path);
            return use(session, stop);
        }
        finally
        {
            _places.Release();
        }
    }
}
