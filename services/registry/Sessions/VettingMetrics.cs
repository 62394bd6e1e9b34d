using System.Diagnostics.Metrics;
using Platform.Hosting.Artifacts;
using Platform.Onnx.Children;

namespace Platform.Registry.Sessions;

/// <summary>How trying a file out ended, as metrics name it.</summary>
internal static class VettingOutcome
{
    public const string Passed = "passed";
    public const string Refused = "refused";
    public const string Failed = "failed";

    public static string Of(Exception exception) => exception switch
    {
        RefusedException => Refused,
        OperationCanceledException => "cancelled",
        VettingEndedException { Cause: ChildEndCause.Time } => "time",
        VettingEndedException { Cause: ChildEndCause.Memory } => "memory",
        ArtifactTooLargeException => "output",
        VettingEndedException => "died",
        _ => Failed,
    };
}

/// <summary>What operators see of files that are tried out.</summary>
internal sealed class VettingMetrics : IDisposable
{
    private readonly Meter _meter = new("Platform.Registry");
    private readonly Histogram<double> _duration;

    public VettingMetrics() => _duration = _meter.CreateHistogram<double>(
        "platform.registry.vetting.duration", "s", "Time to try a model file out in a process of its own, by outcome.");

    public void Vetted(string outcome, TimeSpan took) => _duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("outcome", outcome));

    public void Dispose() => _meter.Dispose();
}
