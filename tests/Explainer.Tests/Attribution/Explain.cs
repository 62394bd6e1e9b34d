using Platform.Explainer.Attribution;
using Platform.Explainer.Games;

namespace Platform.Explainer.Tests.Attribution;

/// <summary>What the attribution tests share: settings, games over rows, and random data from a seed.</summary>
internal static class Explain
{
    public static readonly AttributionLimits Limits = new();

    public static AttributionSettings Settings(long seed = 1, long? budget = null) => new(seed, budget, Limits);

    public static TabularGame Game(IBatchModel model, double[] instance, double[][] background)
    {
        var prediction = new double[model.Outputs];
        model.Evaluate(instance, 1, prediction, default);
        return new(model, instance, prediction, TabularBackground.Evaluate(model, background.SelectMany(row => row).ToArray(), default));
    }

    public static AttributionResult Exactly(IBatchModel model, double[] instance, double[][] background) =>
        new ExactShapley().Explain(Game(model, instance, background), Settings(), default);

    public static AttributionResult ByPermutation(
        IBatchModel model, double[] instance, double[][] background, long seed = 1, long? budget = null) =>
        new PermutationShapley().Explain(Game(model, instance, background), Settings(seed, budget), default);

    public static double[][] Rows(int count, int features, int seed)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => Row(features, random))];
    }

    public static double[] Row(int features, Random random) =>
        [.. Enumerable.Range(0, features).Select(_ => random.NextDouble() * 4 - 2)];

    public static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (var i = 0; i < expected.Length; i++)
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance, $"[{i}] expected {expected[i]:R}, got {actual[i]:R}");
    }
}
