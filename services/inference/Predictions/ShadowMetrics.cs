using System.Diagnostics.Metrics;

namespace Platform.Inference.Predictions;

/// <summary>What became of the requests that a shadow was to answer. Every outcome begins at 0, so that its first time is seen as a step.</summary>
internal sealed class ShadowMetrics : IDisposable
{
    public const string Answered = "answered";

    /// <summary>The shadow refused the request, or failed at it.</summary>
    public const string Failed = "failed";

    /// <summary>There was no room to wait.</summary>
    public const string Dropped = "dropped";

    /// <summary>The shadow was not loaded, or the split had ended meanwhile.</summary>
    public const string Unready = "unready";

    private readonly Meter _meter = new("Platform.Inference");
    private readonly Counter<long> _shadows;

    public ShadowMetrics()
    {
        _shadows = _meter.CreateCounter<long>("platform.inference.shadows", "{request}", "Requests for a shadow, by outcome.");
        foreach (var outcome in (string[])[Answered, Failed, Dropped, Unready]) Add(outcome, 0);
    }

    public void Ended(string outcome) => Add(outcome, 1);

    public void Dispose() => _meter.Dispose();

    private void Add(string outcome, int count) => _shadows.Add(count, new KeyValuePair<string, object?>("outcome", outcome));
}
