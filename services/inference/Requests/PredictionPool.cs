using System.Collections.Concurrent;
using Platform.Inference.Protocol;

namespace Platform.Inference.Requests;

/// <summary>Keeps the memory of finished predictions of one version for the next ones, within bounds.</summary>
internal sealed class PredictionPool(RequestSchema schema) : IDisposable
{
    private const int MaxKept = 256;
    private const int KeepPerBuffer = 1 << 20;
    private const long MaxKeptBytes = 64 << 20;

    private readonly ConcurrentQueue<Prediction> _kept = new();
    private int _count;
    private long _bytes;

    public Prediction Rent()
    {
        if (!_kept.TryDequeue(out var prediction)) return new Prediction(schema);
        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _bytes, -prediction.Capacity);
        return prediction;
    }

    public void Return(Prediction prediction)
    {
        prediction.Trim(KeepPerBuffer);
        var capacity = prediction.Capacity;
        var count = Interlocked.Increment(ref _count);
        var bytes = Interlocked.Add(ref _bytes, capacity);
        if (count <= MaxKept && bytes <= MaxKeptBytes) _kept.Enqueue(prediction);
        else Forget(prediction, capacity);
    }

    public void Dispose()
    {
        while (_kept.TryDequeue(out var prediction)) prediction.Dispose();
    }

    private void Forget(Prediction prediction, long capacity)
    {
        prediction.Dispose();
        Interlocked.Decrement(ref _count);
        Interlocked.Add(ref _bytes, -capacity);
    }
}
