using Platform.Statistics.Samples;

namespace Platform.Monitor.ServiceLevels;

/// <summary>How the requests of a window fared.</summary>
internal sealed record ServiceLevelReport
{
    public int Requests { get; init; }

    public int Succeeded { get; init; }

    /// <summary>The model failed.</summary>
    public int Failed { get; init; }

    /// <summary>Refused before the model ran: the caller's fault, or a full queue.</summary>
    public int Rejected { get; init; }

    /// <summary>The caller left before the answer.</summary>
    public int Cancelled { get; init; }

    /// <summary>Failed over failed and succeeded; null without either.</summary>
    public double? ErrorRate { get; init; }

    /// <summary>Times of the requests that succeeded, in milliseconds.</summary>
    public LatencyReport LatencyMs { get; init; } = new(new(), new(), new(), new());
}

/// <summary>Where the time went.</summary>
/// <param name="Queue">Waiting for a free runner.</param>
/// <param name="Batch">Putting the batch together and taking it apart.</param>
/// <param name="Compute">Inside the runtime.</param>
/// <param name="Total">From the first byte in to the last byte out.</param>
internal sealed record LatencyReport(LatencyQuantiles Queue, LatencyQuantiles Batch, LatencyQuantiles Compute, LatencyQuantiles Total);

/// <summary>Quantiles; null without requests.</summary>
internal sealed record LatencyQuantiles(double? P50 = null, double? P90 = null, double? P95 = null, double? P99 = null)
{
    public static LatencyQuantiles Of(IEnumerable<double> times)
    {
        var sorted = times.Order().ToArray();
        return new(At(0.5), At(0.9), At(0.95), At(0.99));

        double? At(double level) => Finite.OrNull(Quantile.Of(sorted, level));
    }
}
