using Platform.Monitor.Baselines;
using Platform.Monitor.Features;
using Platform.Monitor.Quality;
using Platform.Statistics.Distributions;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Tests.Quality;

/// <summary>What is wrong with a window beyond what a window like the reference shows by chance.</summary>
public sealed class QualityCheckTests
{
    private const double AlertFrom = 0.1;

    private readonly Random _random = new(19);

    public static TheoryData<int, int> Sizes => new() { { 20, 50 }, { 50, 50 }, { 100, 76 }, { 200, 50 }, { 500, 76 }, { 500, 1_200 } };

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Missing_values_as_many_as_the_reference_has_raise_no_alarm(int reference, int window) =>
        Assert.InRange(Alarms(reference, window, Number, () => _random.NextDouble() < 0.4 ? double.NaN : 1), 0, 1);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Numbers_of_the_same_source_are_not_out_of_range(int reference, int window) =>
        Assert.InRange(Alarms(reference, window, Number, _random.NextDouble), 0, 1);

    [Theory]
    [MemberData(nameof(Sizes))]
    public void Categories_that_a_short_reference_did_not_happen_to_show_raise_no_alarm(int reference, int window) =>
        Assert.InRange(Alarms(reference, window, Category, () => _random.Next(300)), 0, 1);

    [Theory]
    [InlineData(0.0, 0.2)]
    [InlineData(0.4, 0.8)]
    public void More_missing_values_than_the_reference_has_are_found(double before, double after)
    {
        var report = Check(500, 76, 1, Number, () => _random.NextDouble() < before ? double.NaN : 1, () => _random.NextDouble() < after ? double.NaN : 1);

        Assert.InRange(report.WorstShare!.Value, (after - before) / 2, 2 * (after - before));
    }

    [Fact]
    public void Numbers_out_of_the_range_of_the_reference_and_categories_unknown_to_it_are_found()
    {
        var numbers = Check(200, 50, 1, Number, _random.NextDouble, () => _random.NextDouble() + 0.5);
        var categories = Check(500, 50, 1, Category, () => _random.Next(20), () => _random.Next(40));

        Assert.InRange(numbers.WorstShare!.Value, 0.3, 0.7);
        Assert.InRange(categories.WorstShare!.Value, 0.3, 0.7);
    }

    [Fact]
    public void Of_a_list_of_categories_none_is_unknown_by_chance()
    {
        var listed = Feature.Category("c", [.. Enumerable.Range(0, 300).Select(at => $"{at}")]);

        var report = Check(100, 50, 1, Category, () => _random.Next(300), () => _random.Next(400), listed);

        Assert.InRange(report.WorstShare!.Value, 0.1, 0.4);
    }

    [Fact]
    public void Of_nothing_there_is_no_share()
    {
        var report = Check(100, 0, 2, Number, _random.NextDouble, _random.NextDouble);

        Assert.Null(report.WorstShare);
        Assert.All(report.Features, feature => Assert.Null(feature.Share));
        Assert.Null(QualityCheck.Run([], []).WorstShare);
    }

    // The sum of the definition in whole numbers: 3 of 5 or more where 2 of 7 were seen, so that a = 3, b = 6.
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1, 1 - 252.0 / 1287)]
    [InlineData(5, 21.0 / 1287)]
    public void The_chance_of_a_count_is_that_of_all_ways_to_mix_what_was_seen_with_what_comes(int count, double chance) =>
        Assert.Equal(chance, BetaBinomial.Upper(count, 5, 3, 6), 1e-12);

    private static Feature Number(string name) => Feature.Number(name);

    private static Feature Category(string name) => Feature.Category(name, null);

    /// <summary>How many of a hundred windows of ten features, none of which has changed, would count for an alert.</summary>
    private int Alarms(int reference, int window, Func<string, Feature> kind, Func<double> source) =>
        Enumerable.Range(0, 100).Count(_ => Check(reference, window, 10, kind, source, source).WorstShare > AlertFrom);

    private static QualityReport Check(
        int reference, int window, int features, Func<string, Feature> kind, Func<double> before, Func<double> after, Feature? only = null)
    {
        var baselines = new FeatureBaseline[features];
        var values = new FeatureValues[features];
        for (var at = 0; at < features; at++)
        {
            var feature = only ?? kind($"f{at}");
            baselines[at] = new(Values(feature, reference, before));
            values[at] = Values(feature, window, after);
        }

        return QualityCheck.Run(baselines, values);
    }

    private static FeatureValues Values(Feature feature, int rows, Func<double> source)
    {
        var values = new FeatureValues(feature);
        for (var row = 0; row < rows; row++)
        {
            if (feature.Kind == FeatureKind.Numerical)
                values.Add(source());
            else
                values.Add($"{source()}");
        }

        return values;
    }
}
