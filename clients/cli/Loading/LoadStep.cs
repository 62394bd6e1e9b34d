using Platform.Load;

namespace Platform.Cli.Loading;

/// <summary>What became of the arrivals of one step: every one was answered, failed or was not sent.</summary>
internal sealed record LoadStep
{
    // 0.999 × 1000 is 999, whatever floating point makes of it.
    private const double Rounding = 1e-6;

    /// <summary>The rate that was asked for, in arrivals a second.</summary>
    public required double Rate { get; init; }

    /// <summary>For how long they arrived.</summary>
    public required TimeSpan Duration { get; init; }

    /// <summary>How many were planned.</summary>
    public required long Arrivals { get; init; }

    /// <summary>Requests that failed, by how: a status, timeout, or connection.</summary>
    public required IReadOnlyDictionary<string, long> Errors { get; init; }

    /// <summary>Arrivals that were not sent before the step was over, as all connections were busy.</summary>
    public required long Unsent { get; init; }

    /// <summary>Requests that found all connections busy and waited for one.</summary>
    public required long Waited { get; init; }

    /// <summary>Requests that were sent more than a millisecond late although a connection was free: the generator's own fault.</summary>
    public required long Late { get; init; }

    /// <summary>Latencies of the answers, each from its planned arrival to the last byte.</summary>
    public required LatencyHistogram Latencies { get; init; }

    /// <summary>Requests that were answered.</summary>
    public long Answers => Latencies.Count;

    /// <summary>Requests that failed.</summary>
    public long Failures => Errors.Values.Sum();

    /// <summary>A quantile of the answers in milliseconds; NaN where there are none.</summary>
    public double Milliseconds(double quantile) => Latencies.Microseconds(quantile) / 1000;

    /// <summary>A quantile of all arrivals in milliseconds, of which those without an answer took for ever.</summary>
    public double MillisecondsOfAll(double quantile)
    {
        var rank = Math.Ceiling(quantile * Arrivals - Rounding);
        return rank > Answers ? double.PositiveInfinity : Milliseconds((rank - 0.5) / Answers);
    }
}
