using System.Diagnostics.Metrics;

namespace Platform.Explainer.Computing;

/// <summary>What the explainer tells <c>/metrics</c>.</summary>
internal sealed class ExplanationMetrics : IDisposable
{
    private readonly Meter _meter = new("Platform.Explainer");
    private readonly Histogram<double> _duration;
    private readonly Counter<long> _evaluations;
    private readonly Counter<long> _refused;

    public ExplanationMetrics()
    {
        _duration = _meter.CreateHistogram<double>("platform.explainer.explanation.duration", "s", "Time to compute an explanation.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 1800] });
        _evaluations = _meter.CreateCounter<long>("platform.explainer.evaluations", "{row}", "Rows that models answered for explanations.");
        _refused = _meter.CreateCounter<long>("platform.explainer.refused", "{explanation}", "Explanations that could not be computed.");
    }

    public void Computed(string method, long evaluations, TimeSpan elapsed)
    {
        var tag = new KeyValuePair<string, object?>("method", method);
        _duration.Record(elapsed.TotalSeconds, tag);
        _evaluations.Add(evaluations, tag);
    }

    public void Refused(string code) => _refused.Add(1, new KeyValuePair<string, object?>("code", code));

    public void Dispose() => _meter.Dispose();
}
