using System.ComponentModel.DataAnnotations;

namespace Platform.Monitor.Sampling;

/// <summary>Which predictions people are asked to label; section <c>Monitor:Reviews</c>.</summary>
public sealed class ReviewOptions
{
    /// <summary>Share of the answered rows that are looked at, chosen by their ids.</summary>
    [Range(0.0, 1.0)]
    public double Share { get; set; } = 0.1;

    /// <summary>Share of those that wait for a label without any other reason.</summary>
    [Range(0.0, 1.0)]
    public double RandomShare { get; set; } = 0.05;

    /// <summary>How near to the threshold a score of two classes is uncertain.</summary>
    [Range(0.0, 1.0)]
    public double Margin { get; set; } = 0.1;

    /// <summary>Rows of a model that may wait for one reason; while there are so many, no other is taken.</summary>
    [Range(0, 10_000)]
    public int PerReason { get; set; } = 25;

    /// <summary>Models whose rows may wait; what comes of others is not taken.</summary>
    [Range(1, 100_000)]
    public int Models { get; set; } = 1_000;

    /// <summary>How long a row waits; beyond, it makes room for newer ones.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "365.00:00:00")]
    public TimeSpan MaxAge { get; set; } = TimeSpan.FromDays(7);
}
