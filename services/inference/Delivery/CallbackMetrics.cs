using System.Diagnostics.Metrics;
using Platform.Inference.Callbacks;

namespace Platform.Inference.Delivery;

internal sealed class CallbackMetrics : IDisposable
{
    private readonly Meter _meter = new("Platform.Inference.Callbacks");
    private readonly Counter<long> _attempts;

    public CallbackMetrics() => _attempts = _meter.CreateCounter<long>("platform.inference.callbacks", "{attempt}",
        "Attempts to tell that a job has ended, by what has become of the callback: delivered, pending (tried again) or failed (given up).");

    public void Tried(Callback callback) => _attempts.Add(1, new KeyValuePair<string, object?>("state", callback.State));

    public void Dispose() => _meter.Dispose();
}
