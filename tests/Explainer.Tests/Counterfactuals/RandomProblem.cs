using Platform.Explainer.Counterfactuals;
using Platform.Explainer.Decisions;
using Platform.Explainer.Domains;
using Platform.Explainer.Tests.Decisions;
using Platform.Explainer.Tests.Games;

namespace Platform.Explainer.Tests.Counterfactuals;

/// <summary>A random model over numbers, whole numbers and categories, with reference rows and a row to explain.</summary>
internal sealed class RandomProblem
{
    private readonly double[][] _weights;

    public RandomProblem(int seed, int features = 6)
    {
        var random = new Random(seed);
        References = [.. Enumerable.Range(0, 120).Select(_ => Enumerable.Range(0, features).Select(feature => Value(feature, random)).ToArray())];
        Row = [.. References[random.Next(References.Count)]];
        Domains = [.. Enumerable.Range(0, features).Select(feature => Domain(feature, [.. References.Select(row => row[feature]).Order()]))];
        _weights = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, (features * 4) + 1).Select(_ => (random.NextDouble() * 2) - 1).ToArray())];
        Model = new FunctionModel(features, [.. Enumerable.Range(0, 3).Select(output => (Func<double[], double>)(row => Score(row, output)))]);
    }

    public FunctionModel Model { get; }

    public IReadOnlyList<double[]> References { get; }

    public IReadOnlyList<FeatureDomain> Domains { get; }

    public double[] Row { get; }

    public Decision Decision { get; } = NamedClasses.Of("a", "b", "c");

    public int Place => PlaceOf(Row);

    public int PlaceOf(double[] row) => Decision.Of(Enumerable.Range(0, 3).Select(output => Score(row, output)).ToArray());

    public CounterfactualTask Task(CounterfactualOptions options, long budget, int? wanted = null) =>
        new(Model, Decision, place => wanted is null ? place != Place : place == wanted, Row, new FreedomRules(Domains, options).Of(Row), budget);

    private static double Value(int feature, Random random) => (feature % 3) switch
    {
        0 => Math.Round(random.NextDouble() * 100, 3),
        1 => random.Next(0, 40),
        _ => random.Next(0, 4),
    };

    private static FeatureDomain Domain(int feature, double[] sorted) => new()
    {
        Name = $"f{feature}",
        Kind = (feature % 3) switch { 0 => DomainKind.Number, 1 => DomainKind.Whole, _ => DomainKind.Category },
        Sorted = sorted,
        Categories = feature % 3 == 2 ? [0, 1, 2, 3] : [],
        Scale = FeatureDomain.ScaleOf(sorted),
    };

    /// <summary>Bends and steps: a category counts by name, numbers by a wave as well as by size.</summary>
    private double Score(double[] row, int output)
    {
        var (weights, score) = (_weights[output], 0.0);
        for (var feature = 0; feature < row.Length; feature++)
        {
            var at = feature * 4;
            score += (feature % 3) switch
            {
                0 => (weights[at] * row[feature] / 50) + (weights[at + 1] * Math.Sin(row[feature] / 15)),
                1 => (weights[at] * row[feature] / 20) + (row[feature] > 20 ? weights[at + 1] : 0),
                _ => weights[at + (int)row[feature]],
            };
        }

        return score + weights[^1];
    }
}
