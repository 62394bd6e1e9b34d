using System.ComponentModel.DataAnnotations;

namespace Platform.Hosting.PredictionLog.Index;

/// <summary>Bounds of the index of predictions; in the section of the service that keeps it.</summary>
public sealed class PredictionIndexOptions
{
    /// <summary>Predictions that can be found: the last so many.</summary>
    [Range(1, 10_000_000)]
    public int IndexedPredictions { get; set; } = 200_000;

    /// <summary>How often the position of the index is stored; a restart reads at most this much more of the log.</summary>
    [Range(typeof(TimeSpan), "00:00:00.010", "01:00:00")]
    public TimeSpan IndexStoreInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>How long an unknown prediction is waited for: the log may be a moment behind the reply.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:00:10")]
    public TimeSpan PredictionPatience { get; set; } = TimeSpan.FromSeconds(2);
}
