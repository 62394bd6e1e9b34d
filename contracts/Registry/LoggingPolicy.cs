using System.ComponentModel.DataAnnotations;

namespace Platform.Contracts.Registry;

/// <summary>What of each prediction is kept in the prediction log.</summary>
public sealed record LoggingPolicy
{
    /// <summary>Share of predictions logged, 0 to 1; all when absent.</summary>
    [Range(0, 1)]
    public double? Sample { get; init; }

    /// <summary>
    /// When an answer goes out: <c>interval</c>, at once, its record being on the disk after the next commit; <c>synchronous</c>, when its
    /// record is on the disk. Interval when absent.
    /// </summary>
    public string? Durability { get; init; }

    /// <summary>Features that are not logged in the clear.</summary>
    public IReadOnlyList<FeatureRedaction>? Redact { get; init; }
}
