using System.Globalization;
using System.Text.RegularExpressions;
using Platform.Contracts.Monitor;

namespace Platform.Registry.Comparisons;

/// <summary>What versions are compared by. Each comes down to a share of harm, or to a mean of it, of which a challenger may have more by a margin.</summary>
internal abstract partial record Measure(string Name)
{
    /// <summary>The measures that there are, as a sentence names them.</summary>
    public const string Known = "errors.rate, performance.accuracy, latency.p1 to latency.p99.9 and outcomes.NAME, as outcomes.conversion";

    /// <summary>Whether the challenger's bound is a ratio to the champion's value, not a margin.</summary>
    public virtual bool IsRatio => false;

    /// <summary>A share of harm to plan with while the champion has shown none; null where no guess is worth anything.</summary>
    public abstract double? Guess { get; }

    /// <summary>The measure of a name; null for one that is not here.</summary>
    public static Measure? Find(string? name) => name switch
    {
        "errors.rate" => new ErrorRate(),
        "performance.accuracy" => new Accuracy(),
        not null when Latency().Match(name) is { Success: true, Groups: var parts } => new LatencyQuantile(name, double.Parse(parts["q"].Value, CultureInfo.InvariantCulture) / 100),
        not null when Reported().Match(name) is { Success: true, Groups: var parts } => new OutcomeMean(name, parts["name"].Value),
        _ => null,
    };

    /// <summary>What is reported of a group; null while it has none.</summary>
    public abstract double? ValueOf(RouteSample sample);

    /// <summary>A margin is below this.</summary>
    public virtual double MostBound => 1;

    /// <summary>Both groups' harm, and by how much the challenger's may be larger.</summary>
    /// <param name="champion">One group.</param>
    /// <param name="challenger">The other.</param>
    /// <param name="bound">The margin, or the ratio.</param>
    public abstract Harm Harm(RouteSample champion, RouteSample challenger, double bound);

    /// <summary>The smallest difference of harm that is worth finding.</summary>
    public virtual double Fineness(double bound) => bound;

    /// <summary>A difference of harm as one of the measure's own value.</summary>
    public virtual double Sign => 1;

    [GeneratedRegex(@"^latency\.p(?<q>[1-9][0-9]?(\.[0-9])?)$(?!\n)")]
    private static partial Regex Latency();

    [GeneratedRegex(@"^outcomes\.(?<name>[A-Za-z][A-Za-z0-9._-]{0,63})$(?!\n)")]
    private static partial Regex Reported();
}

/// <summary>Of the requests that reached the model, the share at which it failed.</summary>
internal sealed record ErrorRate() : Measure("errors.rate")
{
    public override double? Guess => 0.01;

    public override double? ValueOf(RouteSample sample) => sample.Requests == 0 ? null : new Proportion(sample.Errors, sample.Requests).Share;

    public override Harm Harm(RouteSample champion, RouteSample challenger, double bound) =>
        new(new Proportion(champion.Errors, champion.Requests), new Proportion(challenger.Errors, challenger.Requests), bound);
}

/// <summary>Of the labelled rows, the share that was answered with its label.</summary>
internal sealed record Accuracy() : Measure("performance.accuracy")
{
    public override double? Guess => 0.2;

    public override double Sign => -1;

    public override double? ValueOf(RouteSample sample) => sample.Labelled == 0 ? null : new Proportion(sample.Correct, sample.Labelled).Share;

    public override Harm Harm(RouteSample champion, RouteSample challenger, double bound) =>
        new(Wrong(champion), Wrong(challenger), bound);

    private static Proportion Wrong(RouteSample sample) => new(sample.Labelled - sample.Correct, sample.Labelled);
}

/// <summary>
/// A quantile of the time to answer, in milliseconds. The challenger's is above so many times the champion's exactly where more of its requests take
/// longer than that than of the champion's take longer than the champion's quantile: so the comparison is one of shares, without an assumption
/// on how times are distributed.
/// </summary>
internal sealed record LatencyQuantile(string Name, double Quantile) : Measure(Name)
{
    public override bool IsRatio => true;

    public override double? Guess => null;

    public override double? ValueOf(RouteSample sample) =>
        sample.BucketOf(Quantile) is >= 0 and var bucket ? RouteCount.FirstLatencyMs * Math.Pow(RouteCount.LatencyGrowth, bucket) : null;

    public override double Fineness(double bound) => 1 - Quantile;

    public override Harm Harm(RouteSample champion, RouteSample challenger, double bound)
    {
        var bucket = champion.BucketOf(Quantile);
        if (bucket < 0) return new(new Proportion(0, 0), new Proportion(0, 0), 0);
        var allowed = bucket + (int)Math.Ceiling(Math.Log(bound) / Math.Log(RouteCount.LatencyGrowth));
        return new(champion.SlowerThan(bucket), challenger.SlowerThan(allowed), 0);
    }
}
