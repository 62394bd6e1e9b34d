namespace Platform.EndToEnd.Tests.Running;

/// <summary>Settings that make the platform look more often than it would in earnest, so that tests need not wait.</summary>
internal static class Settings
{
    public const int LargestModelBytes = 4 << 20;

    /// <summary>Rows that make a window of the monitor.</summary>
    public const int WindowRows = 100;

    public static IReadOnlyDictionary<string, string> Quick { get; } = new Dictionary<string, string>
    {
        ["PLATFORM_Registry__Uploads__MaxModelBytes"] = $"{LargestModelBytes}",
        ["PLATFORM_Monitor__Windows__Size"] = $"{WindowRows}",
        ["PLATFORM_Monitor__Windows__MinAge"] = "00:00:00",
        // The machine may be busy, so that the log's readers are late.
        ["PLATFORM_Monitor__Predictions__PredictionPatience"] = "00:00:10",
        ["PLATFORM_Explainer__PredictionPatience"] = "00:00:10",
        // And a model's trial, which is a process of its own.
        ["PLATFORM_Registry__Sessions__Timeout"] = "00:05:00",
    };

    /// <summary>Spans of traces that callers ask for go to a collector on this machine.</summary>
    public static IReadOnlyDictionary<string, string> Traced(int port) => new Dictionary<string, string>
    {
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] = $"http://127.0.0.1:{port}",
        ["OTEL_METRICS_EXPORTER"] = "none",
        ["OTEL_TRACES_SAMPLER"] = "parentbased_always_off",
        ["OTEL_BSP_SCHEDULE_DELAY"] = "500",
    };
}
