using Platform.Registry.Comparisons;

namespace Platform.Registry.Tests.Comparisons;

/// <summary>Two versions that answer with given chances of harm, looked at again and again until a comparison decides.</summary>
internal sealed class Simulation(Measure measure, double bound, double alpha)
{
    public const int Runs = 1000;

    /// <summary>How many of the runs ended how.</summary>
    public (int Worse, int GoodEnough, int Open) Run(
        Func<Random, RouteSample, RouteSample> champion, Func<Random, RouteSample, RouteSample> challenger, int looks)
    {
        var (worse, good) = (0, 0);
        for (var run = 0; run < Runs; run++)
        {
            var random = new Random(run);
            var (one, other) = (RouteSample.None, RouteSample.None);
            for (var look = 0; look < looks; look++)
            {
                (one, other) = (champion(random, one), challenger(random, other));
                var compared = Comparison.Compare(measure, bound, one, other, alpha);
                if (compared.IsWorse) worse++;
                if (compared.IsGoodEnough) good++;
                if (compared.IsWorse || compared.IsGoodEnough) break;
            }
        }

        return (worse, good, Runs - worse - good);
    }

    /// <summary>Adds requests of which some fail.</summary>
    public static Func<Random, RouteSample, RouteSample> Failing(double chance, int perLook) => (random, before) =>
        before with { Requests = before.Requests + perLook, Errors = before.Errors + Hits(random, chance, perLook) };

    /// <summary>Adds labelled rows of which some are answered with their label.</summary>
    public static Func<Random, RouteSample, RouteSample> Right(double chance, int perLook) => (random, before) =>
        before with { Labelled = before.Labelled + perLook, Correct = before.Correct + Hits(random, chance, perLook) };

    /// <summary>Adds requests whose times are spread log-normally, with a median as a bucket and a deviation in buckets.</summary>
    public static Func<Random, RouteSample, RouteSample> Taking(double median, double deviation, int perLook) => (random, before) =>
    {
        var counts = before.Latency.Count == 0 ? new long[176] : [.. before.Latency];
        for (var request = 0; request < perLook; request++) counts[(int)Math.Clamp(median + deviation * Normal(random), 0, 175)]++;
        return before with { Latency = counts };
    };

    /// <summary>Adds rows of which an outcome is reported.</summary>
    public static Func<Random, RouteSample, RouteSample> Bringing(string name, Func<Random, double> value, int perLook) => (random, before) =>
    {
        var (count, ones, sum, squares) = before.OutcomeOf(name) is var known ? (known.Count, known.ZeroOrOne, known.Sum, known.SumOfSquares) : default;
        for (var row = 0; row < perLook; row++)
        {
            var brought = value(random);
            (count, sum, squares) = (count + 1, sum + brought, squares + brought * brought);
            ones += brought is 0 or 1 ? 1 : 0;
        }

        return before with { Outcomes = [new() { Name = name, Count = count, ZeroOrOne = ones, Sum = sum, SumOfSquares = squares }] };
    };

    private static int Hits(Random random, double chance, int count)
    {
        var hits = 0;
        for (var at = 0; at < count; at++) hits += random.NextDouble() < chance ? 1 : 0;
        return hits;
    }

    internal static double Normal(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
