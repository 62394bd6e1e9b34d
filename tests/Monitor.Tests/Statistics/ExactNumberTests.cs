using System.Text.Json;
using Platform.Monitor.Features;
using Platform.Monitor.Performance;
using Platform.Statistics.DriftTests;
using Platform.Statistics.Performance;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Tests.Statistics;

/// <summary>Whole numbers beyond 2^53, where a double does not tell one from the next.</summary>
public sealed class ExactNumberTests
{
    private const long Large = 1L << 60;

    [Theory]
    [InlineData("9007199254740993")]
    [InlineData("-9223372036854775808")]
    [InlineData("18446744073709551615")]
    [InlineData("0.1")]
    [InlineData("1E+300")]
    [InlineData("3")]
    public void A_number_is_read_and_shown_as_it_is(string json) =>
        Assert.Equal(json, JsonSerializer.Serialize(JsonSerializer.Deserialize<ExactNumber>(json)));

    [Theory]
    [InlineData("9007199254740993", "9007199254740993")]
    [InlineData("9007199254740993.0", "9007199254740993")]
    [InlineData("1.5", "1.5")]
    [InlineData("123456789012345678901234567890", "1.2345678901234568E+29")]
    public void A_text_is_read_in_any_notation(string text, string shown) => Assert.Equal(shown, ExactNumber.Parse(text).ToString());

    [Fact]
    public void A_difference_of_neighbours_is_one() => Assert.Equal(1, ExactNumber.Of(Large + 1).Less(ExactNumber.Of(Large)));

    // One small number first, and what a double does not tell apart behind it.
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Ids_never_seen_before_are_seen_whatever_comes_first(bool smallFirst)
    {
        var (reference, current) = (Values("id", smallFirst, 0, 300), Values("id", smallFirst, 300, 300));

        var pair = FeatureValues.Pair(reference, current);
        var test = TestCatalogue.Find("ks")!.Run(pair);

        Assert.Equal(smallFirst ? 300 / 301.0 : 1, test.Statistic, 12);
        Assert.True(test.PValue < 1e-50);
    }

    [Fact]
    public void The_same_ids_are_no_drift()
    {
        var pair = FeatureValues.Pair(Values("id", true, 0, 300), Values("id", true, 0, 300));

        Assert.All(TestCatalogue.Ids.Select(id => TestCatalogue.Find(id)!).Where(test => test.AppliesTo(pair)), test =>
            Assert.False(test.Run(pair).PValue < 0.9, test.Id));
    }

    [Fact]
    public void Edges_and_bounds_of_large_numbers_have_their_last_digit()
    {
        var sample = Values("id", smallFirst: false, 0, 11).ToSample();

        Assert.Equal((Large, Large + 10), ((long)sample[0].Whole!, (long)sample[10].Whole!));
        Assert.Equal(Enumerable.Range(1, 9).Select(tenth => $"{Large + tenth}"), QuantileBins.NumbersAtEdges(sample).Select(edge => edge.ToString()));
        Assert.Equal(Math.Sqrt(10), sample.PopulationDeviation, 12);
    }

    [Fact]
    public void Edges_beside_a_small_number_have_their_last_digit_too()
    {
        var edges = QuantileBins.NumbersAtEdges(Values("id", smallFirst: true, 1, 10).ToSample());

        Assert.Equal($"{Large + 9}", edges[^1].ToString());
    }

    [Fact]
    public void An_error_of_one_is_one_however_large_the_label()
    {
        var scheme = new LabelScheme(new() { Task = "regression" });
        Prediction[] predictions = [Prediction.Of(ExactNumber.Of(Large + 1)), Prediction.Of(ExactNumber.Of(Large))];

        var measured = TaskMetrics.Measure(scheme, new(predictions, [$"{Large}", $"{Large}"]))!;

        Assert.Equal(0.5, measured["mae"]);
        Assert.Equal(0.5, Losses.Of(scheme, new(predictions, [$"{Large}", $"{Large}"])).Mean);
    }

    [Fact]
    public void A_row_is_summarised_to_the_last_digit()
    {
        var rows = TensorRows.OfWholes([Large + 3, Large + 1, Large + 2], stride: 1, rowSize: 3);

        var summary = RowSummary.Of(rows.ExactNumbers(0), isComplete: true, "INT64");

        Assert.Equal(($"{Large + 1}", $"{Large + 3}"), (summary.Min.ToString(), summary.Max.ToString()));
        Assert.Equal(Math.Sqrt(2 / 3.0), summary.Std, 12);
    }

    private static FeatureValues Values(string name, bool smallFirst, int from, int count)
    {
        var values = new FeatureValues(Feature.Number(name));
        if (smallFirst)
            values.Add(7);
        for (var at = from; at < from + count; at++)
            values.Add(ExactNumber.Of(Large + at));
        return values;
    }
}
