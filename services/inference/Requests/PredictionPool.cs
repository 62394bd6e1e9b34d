using System.Diagnostics.CodeAnalysis;
using Platform.Inference.Protocol;

namespace Platform.Inference.Requests;

/// <summary>
/// Keeps the memory of finished predictions of one version for the next ones, within bounds. The one given back last is the next to be given
/// out, as it is still in the processor's cache.
/// </summary>
internal sealed class PredictionPool(RequestSchema schema) : IDisposable
{
    private const int MaxKept = 256;
    private const int KeepPerBuffer = 1 << 20;
    private const long MaxKeptBytes = 64 << 20;

    private readonly Lock _gate = new();
    private readonly Stack<Kept> _kept = new();
    private long _bytes;

    public Prediction Rent() => TryTake(out var prediction) ? prediction : new Prediction(schema);

    public void Return(Prediction prediction)
    {
        prediction.Trim(KeepPerBuffer);
        if (!TryKeep(new Kept(prediction, prediction.Capacity))) prediction.Dispose();
    }

    public void Dispose()
    {
        while (TryTake(out var prediction)) prediction.Dispose();
    }

    private bool TryTake([NotNullWhen(true)] out Prediction? prediction)
    {
        lock (_gate)
        {
            var isKept = _kept.TryPop(out var kept);
            _bytes -= kept.Bytes;
            prediction = kept.Prediction;
            return isKept;
        }
    }

    private bool TryKeep(in Kept kept)
    {
        lock (_gate)
        {
            if (_kept.Count == MaxKept || _bytes + kept.Bytes > MaxKeptBytes) return false;
            _kept.Push(kept);
            _bytes += kept.Bytes;
            return true;
        }
    }

    private readonly record struct Kept(Prediction Prediction, long Bytes);
}
