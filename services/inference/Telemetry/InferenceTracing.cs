using System.Diagnostics;
using Platform.Contracts.Inference;
using Platform.Inference.Models;
using Platform.Inference.Requests;

namespace Platform.Inference.Telemetry;

/// <summary>The span of a prediction inside that of its HTTP request. Costs nothing while nobody collects spans.</summary>
internal static class InferenceTracing
{
    private static readonly ActivitySource Source = new("Platform.Inference");

    /// <summary>What a later part of a trace that is collected goes on from; null where none is.</summary>
    public static string? Parent => Activity.Current is { Recorded: true } current ? current.Id : null;

    public static Activity? Start(LoadedVersion version)
    {
        if (!Source.HasListeners()) return null;
        return Source.StartActivity("predict")?
            .SetTag("model", version.Model)
            .SetTag("version", version.Version)
            .SetTag("device", version.Provider);
    }

    public static void End(Activity? activity, Prediction prediction)
    {
        if (activity is null) return;
        activity.SetTag("prediction.id", prediction.Facts.Id).SetTag("prediction.status", prediction.Status)
            .SetTag("prediction.rows", prediction.Request.Rows).SetTag("batch.rows", prediction.Item.Timings.BatchRows);
        if (prediction.Status != PredictionStatus.Succeeded) activity.SetStatus(ActivityStatusCode.Error, prediction.Problem);
        activity.Stop();
    }
}
