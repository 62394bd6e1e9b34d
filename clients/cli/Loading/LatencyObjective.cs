using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Cli.Settings;

namespace Platform.Cli.Loading;

/// <summary>A share of all arrivals that is to be answered within a time.</summary>
/// <param name="Quantile">The share, between 0 and 1.</param>
/// <param name="Within">The time, from the planned arrival on.</param>
internal sealed partial record LatencyObjective(double Quantile, TimeSpan Within)
{
    /// <summary>So many arrivals are needed before the quantile is anything but the slowest of them.</summary>
    public int LeastArrivals => (int)Math.Min(1_000_000, Math.Ceiling(1 / (1 - Quantile)));

    /// <summary>Reads <c>p99=20ms</c>.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static LatencyObjective Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success) throw new UsageException($"an objective is pQUANTILE=TIME, p99=20ms or p99.9=0.1s for example, not '{text}'");
        var (quantile, time) = (Number(match, 1) / 100, Number(match, 2));
        if (quantile is not (> 0 and < 1)) throw new UsageException($"the quantile of '{text}' is not between 0 and 100");
        var milliseconds = match.Groups[3].Value switch { "us" => time / 1000, "ms" => time, _ => time * 1000 };
        if (milliseconds is not (> 0 and <= 3_600_000)) throw new UsageException($"the time of '{text}' is not between nothing and an hour");
        return new(quantile, TimeSpan.FromMilliseconds(milliseconds));
    }

    /// <summary>Whether it held: what was not answered, or not sent, counts as slower than any time.</summary>
    public bool HeldIn(LoadStep step) => step.Arrivals > 0 && step.MillisecondsOfAll(Quantile) <= Within.TotalMilliseconds;

    public override string ToString() => FormattableString.Invariant($"p{Quantile * 100:0.####} ≤ {Within.TotalMilliseconds:0.###} ms");

    private static double Number(Match match, int group) => double.Parse(match.Groups[group].Value, CultureInfo.InvariantCulture);

    [GeneratedRegex("^p([0-9]{1,2}(?:[.][0-9]{1,4})?)=([0-9]{1,9}(?:[.][0-9]{1,6})?)(us|ms|s)$(?!\n)")]
    private static partial Regex Form();
}
