using System.Collections.Concurrent;

namespace Platform.Inference.Models;

/// <summary>Lets what serves of one model be changed by one at a time, so that no version is loaded twice side by side.</summary>
internal sealed class ModelTurns
{
    // As many as there have been models with deployments.
    private readonly ConcurrentDictionary<string, SemaphoreSlim> _gates = [];

    /// <summary>Waits for the turn; disposing ends it.</summary>
    public async Task<IDisposable> TakeAsync(string model, CancellationToken cancellationToken)
    {
        var gate = _gates.GetOrAdd(model, _ => new SemaphoreSlim(1, 1));
        await gate.WaitAsync(cancellationToken);
        return new Turn(gate);
    }

    private sealed class Turn(SemaphoreSlim gate) : IDisposable
    {
        public void Dispose() => gate.Release();
    }
}
