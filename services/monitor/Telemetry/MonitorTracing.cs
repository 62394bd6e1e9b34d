using System.Diagnostics;
using Platform.Monitor.Records;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Telemetry;

/// <summary>
/// Goes on with the traces of predictions: each traced one is seen read, and the last of a window leads to what the window says,
/// to its alerts above all. Costs nothing while nobody collects spans.
/// </summary>
internal static class MonitorTracing
{
    private static readonly ActivitySource Source = new("Platform.Monitor");

    /// <summary>A prediction was read from the log: where its trace stands now; null when it has none.</summary>
    public static string? Read(LoggedPrediction prediction)
    {
        using var activity = Start("read prediction", ActivityKind.Consumer, prediction.TraceParent);
        return activity?.SetTag("model", prediction.Model).SetTag("version", prediction.Version).SetTag("prediction.id", prediction.Id).Id;
    }

    /// <summary>A window is about to be checked.</summary>
    public static Activity? CloseWindow(VersionKey version, string? trace) =>
        Start("close window", ActivityKind.Internal, trace)?.SetTag("model", version.Model).SetTag("version", version.Version);

    /// <summary>What was found is about to be stored, with its events.</summary>
    public static Activity? Store(string? trace) => Start("store findings", ActivityKind.Client, trace);

    private static Activity? Start(string name, ActivityKind kind, string? parent) =>
        parent is null || !Source.HasListeners() ? null : Source.StartActivity(name, kind, parent);
}
