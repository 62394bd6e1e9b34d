using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Cli.Settings;

namespace Platform.Cli.Loading;

/// <summary>A share of all arrivals that is to be answered within a time.</summary>
/// <param name="Quantile">The share, between 0 and 1.</param>
/// <param name="Within">The time, from the planned arrival on.</param>
internal sealed partial record LatencyObjective(double Quantile, TimeSpan Within)
{
    /// <summary>No step is longer.</summary>
    public static readonly TimeSpan LongestStep = TimeSpan.FromDays(1);

    /// <summary>So many arrivals are needed before the quantile is anything but the slowest of them.</summary>
    public int LeastArrivals => (int)Math.Min(1_000_000, Math.Ceiling(1 / (1 - Quantile)));

    /// <summary>The lowest rate at which so many arrive within the longest step.</summary>
    public double LowestRate => Math.Max(RateSearch.Lowest, LeastArrivals / LongestStep.TotalSeconds);

    /// <summary>How long a step at a rate is; never longer than <see cref="LongestStep"/> from <see cref="LowestRate"/> on.</summary>
    /// <param name="rate">Arrivals a second.</param>
    /// <param name="least">What it is at least.</param>
    public TimeSpan StepAt(double rate, TimeSpan least) => TimeSpan.FromSeconds(Math.Max(least.TotalSeconds, LeastArrivals / rate));

    /// <summary>Refuses a rate at which a step would not end within a day.</summary>
    /// <exception cref="UsageException">It is lower than <see cref="LowestRate"/>.</exception>
    public void CheckRate(double rate)
    {
        if (rate < LowestRate)
            throw new UsageException(FormattableString.Invariant(
                $"at {rate} a second p{Quantile * 100:0.####} needs a step of {LeastArrivals / rate:0} s, and a step is at most {LongestStep.TotalSeconds:0} s: {Math.Ceiling(LowestRate * 100) / 100} a second is the least"));
    }

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
