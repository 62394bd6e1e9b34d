namespace Platform.Explainer.Models;

/// <summary>The right to use a cached model; while it is held the model stays open.</summary>
internal sealed class ModelLease(LoadedModel model, Action release) : IDisposable
{
    private int _released;

    public LoadedModel Model => model;

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _released, 1) == 0)
            release();
    }
}
