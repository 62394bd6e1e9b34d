using Platform.Contracts.Registry;
using Platform.Monitor.Features;

namespace Platform.Monitor.Tests.Features;

public sealed class LayoutTests
{
    [Fact]
    public void Columns_become_numbers_categories_and_descriptors_of_texts()
    {
        var layout = new ColumnLayout("input", [new NumberColumn("age"), null, new CategoryColumn("purpose", ["car", "tv"])]);
        var values = FeatureValues.For(layout.Features);

        layout.Read(TensorRows.OfNumbers([30, 9, 1, double.NaN, 9, 7], stride: 1, rowSize: 3), row: 0, values);
        layout.Read(TensorRows.OfNumbers([30, 9, 1, double.NaN, 9, 7], stride: 1, rowSize: 3), row: 1, values);

        Assert.Equal(["age", "purpose"], values.Select(value => value.Feature.Name));
        Assert.Equal([30, double.NaN], values[0].Numbers.ToArray());
        Assert.Equal(["tv", "7"], values[1].Categories);
    }

    [Fact]
    public void Whole_numbers_that_no_double_tells_apart_stay_apart()
    {
        const long Large = 9_007_199_254_740_992;
        var layout = new ColumnLayout("input", [new CategoryColumn("id", null), new NumberColumn("when"), new TextColumn("code", new())]);
        var values = FeatureValues.For(layout.Features);
        var cells = TensorRows.OfWholes([Large, Large, Large, Large + 1, Large + 3, Large + 1, TensorRows.Missing, 5, 7], stride: 1, rowSize: 3);

        for (var row = 0; row < 3; row++)
            layout.Read(cells, row, values);

        Assert.Equal(["9007199254740992", "9007199254740993", null], values[0].Categories);
        Assert.Equal(["9007199254740992", "9007199254740995"], Enumerable.Range(0, 2).Select(at => values[1].Exact(at).ToString()));
        Assert.Equal(16, values[2].Numbers[0]);
    }

    [Fact]
    public void A_cell_of_a_numeric_tensor_is_the_place_of_its_category_also_where_names_are_numbers()
    {
        var layout = new ColumnLayout("input", [new CategoryColumn("code", ["1", "10"])]);
        var values = FeatureValues.For(layout.Features);
        var cells = TensorRows.OfWholes([0, 1, 10, 7], stride: 1, rowSize: 1);

        for (var row = 0; row < 4; row++)
            layout.Read(cells, row, values);

        Assert.Equal(["1", "10", "#10", "7"], values[0].Categories);
    }

    [Theory]
    [InlineData("", null, true)]
    [InlineData(null, null, true)]
    [InlineData("nan", null, false)]
    [InlineData(" ", null, false)]
    [InlineData("", new[] { "car", "tv" }, true)]
    [InlineData("NaN", new[] { "car", "tv" }, true)]
    [InlineData("N/A", new[] { "car", "tv" }, true)]
    [InlineData("n/a", new[] { "car", "n/a" }, false)]
    [InlineData("", new[] { "", "tv" }, false)]
    [InlineData("bus", new[] { "car", "tv" }, false)]
    public void A_text_is_missing_where_it_is_empty_or_says_so_and_is_not_listed(string? cell, string[]? categories, bool isMissing)
    {
        var column = new CategoryColumn("city", categories);
        var values = FeatureValues.For(column.Features);

        column.Add(cell, values);

        Assert.Equal(isMissing ? null : cell, values[0].Categories[0]);
    }

    [Fact]
    public void A_text_that_is_missing_has_no_length()
    {
        var column = new TextColumn("note", new());
        var values = FeatureValues.For(column.Features);

        column.Add("", values);
        column.Add("two words", values);

        Assert.All(values, value => Assert.True(double.IsNaN(value.Numbers[0])));
        Assert.Equal((9, 2), (values[0].Numbers[1], values[1].Numbers[1]));
    }

    [Fact]
    public void Of_a_tensor_that_was_logged_in_part_the_known_cells_find_their_columns()
    {
        var layout = new ColumnLayout("input", [new NumberColumn("a"), new NumberColumn("b"), new NumberColumn("c")]);
        var values = FeatureValues.For(layout.Features);
        var everyOther = TensorRows.OfNumbers([0, 2, 4, 6, 8], stride: 2, rowSize: 3); // of 0 1 2 | 3 4 5 | 6 7 8

        for (var row = 0; row < 3; row++)
            layout.Read(everyOther, row, values);

        Assert.Equal([0, 6], values[0].Numbers.ToArray());
        Assert.Equal([4], values[1].Numbers.ToArray());
        Assert.Equal([2, 8], values[2].Numbers.ToArray());
    }

    [Fact]
    public void A_large_tensor_is_described_as_a_whole()
    {
        var layout = new TensorLayout("image", "FP32");
        var values = FeatureValues.For(layout.Features);

        layout.Read(TensorRows.OfNumbers([0, 0, 1, 3], stride: 1, rowSize: 4), row: 0, values);
        layout.Read(TensorRows.OfNumbers([2, 2], stride: 2, rowSize: 4), row: 0, values);

        Assert.Equal(["image.mean", "image.std", "image.min", "image.max", "image.zeros"], values.Select(value => value.Feature.Name));
        Assert.Equal([1, 2], values[0].Numbers.ToArray());
        Assert.Equal(Math.Sqrt(1.5), values[1].Numbers[0], 1e-7);
        Assert.Equal([3], values[3].Numbers.ToArray()); // half a row has no known maximum
        Assert.Equal([0.5, 0], values[4].Numbers.ToArray());
    }

    [Fact]
    public void A_constant_row_has_no_spread_and_numbers_close_together_keep_theirs()
    {
        var constant = RowSummary.Of([.. Enumerable.Repeat(0.1, 1_000)], isComplete: true, "FP64");
        var far = RowSummary.Of([.. Enumerable.Range(0, 1_000).Select(i => 1e15 + i % 4)], isComplete: true, "FP64");

        Assert.Equal((0.1, 0), (constant.Mean, constant.Std));
        Assert.Equal(Math.Sqrt(1.25), far.Std, 12);
    }

    [Theory]
    [InlineData("FP32", new long[] { -1, 3 }, new[] { "x[0]", "x[1]", "x[2]" })]
    [InlineData("FP32", new long[] { -1 }, new[] { "x" })]
    [InlineData("FP32", new long[] { 3 }, new[] { "x[0]", "x[1]", "x[2]" })]
    [InlineData("FP32", new long[] { -1, 28, 28 }, new[] { "x.mean", "x.std", "x.min", "x.max", "x.zeros" })]
    [InlineData("INT64", new long[] { -1, -1 }, new[] { "x.mean", "x.std", "x.min", "x.max", "x.zeros" })]
    [InlineData("BYTES", new long[] { -1 }, new[] { "x.length", "x.words", "x.unseenWords" })]
    public void Without_names_the_signature_decides_what_is_watched(string datatype, long[] shape, string[] expected)
    {
        var layout = InputLayouts.Unnamed(new() { Name = "x", Datatype = datatype, Shape = shape }, [], new());

        Assert.Equal(expected, layout.Features.Select(feature => feature.Name));
    }

    [Fact]
    public void A_redaction_may_hide_a_feature_or_a_whole_input()
    {
        var version = new ModelVersionDescription
        {
            Signature = new()
            {
                Inputs = [new() { Name = "a", Datatype = "FP32", Shape = [-1, 2] }, new() { Name = "b", Datatype = "FP32", Shape = [-1, 2] }],
            },
            Metadata = new()
            {
                Features = [new() { Name = "p" }, new() { Name = "q" }],
                Logging = new() { Redact = [new() { Feature = "q" }, new() { Feature = "b" }] },
            },
        };

        var layouts = InputLayouts.For(version, _ => [], _ => new());

        Assert.Equal(["p"], layouts.SelectMany(layout => layout.Features).Select(feature => feature.Name));
    }

    [Fact]
    public void Texts_that_come_again_are_categories_and_others_are_prose()
    {
        var (categories, prose) = (new TextProbe(), new TextProbe());
        for (var at = 0; at < 100; at++)
        {
            categories.Look(at % 3 == 0 ? "red" : "blue");
            prose.Look($"This is text number {at}.");
        }

        Assert.Equal(TextUse.Category, categories.Use);
        Assert.Equal(TextUse.Text, prose.Use);
        Assert.Equal(TextUse.Text, new TextProbe().Use);
    }
}
