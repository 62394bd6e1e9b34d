using System.Text.Json;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Monitor.Search;

namespace Platform.Monitor.Tests.Search;

public sealed class FilterTests
{
    private static readonly FilterColumns Columns = new(
        new VersionMetadata
        {
            Features =
            [
                new() { Name = "age" }, new() { Name = "purpose", Kind = "categorical", Categories = ["car", "it's"] },
                new() { Name = "class", Kind = "categorical" }, new() { Name = "secret" }, new() { Name = "home owner", Kind = "categorical" },
            ],
            Logging = new() { Redact = [new() { Feature = "secret" }] },
        },
        "credit/1");

    [Theory]
    [InlineData("age > 40", true)]
    [InlineData("age>=44 AND age<=44", true)]
    [InlineData("age != 44", false)]
    [InlineData("age <> 4.4e1 or class = 'bad'", true)]
    [InlineData("age > 40 and class = 'good'", false)]
    [InlineData("age < 40 and class = 'good' or score > 0.8", true)]
    [InlineData("age < 40 and (class = 'good' or score > 0.8)", false)]
    [InlineData("not age < 40 and not (score < 0.5)", true)]
    [InlineData("not not age < 40", false)]
    [InlineData("purpose = 'it''s'", true)]
    [InlineData("purpose in ('car', 'it''s') and age not in (1, -2.5)", true)]
    [InlineData("\"class\" = 'first' and class = 'bad'", true)]
    [InlineData("\"home owner\" = true and \"home owner\" = 1 and \"home owner\" = '1.0'", true)]
    [InlineData("label is null and verdict is not null", true)]
    [InlineData("label = 'good' or label != 'good'", false)]
    [InlineData("route = 'champion' and status = 'succeeded' and latencyMs < 2 and rows = 1", true)]
    public void A_filter_holds_or_does_not(string filter, bool matches) => Assert.Equal(matches, FilterParser.Read(filter, Columns).Matches(Row()));

    [Theory]
    [InlineData("age >", "At character 6: a number, or a text in single quotes, is expected, and the filter ends.")]
    [InlineData("age > 40 class", "At character 10: 'and', 'or' or the end is expected, not 'class'.")]
    [InlineData("(age > 40", "At character 10: ')' is expected, and the filter ends.")]
    [InlineData("age ~ 40", "At character 5: '~' means nothing here.")]
    [InlineData("age ! 40", "At character 5: '!' means nothing here.")]
    [InlineData("purpose = 'car", "At character 11: What begins with ' does not end.")]
    [InlineData("age > 4x", "At character 7: '4x' is no number.")]
    [InlineData("age > 1e999", "At character 7: '1e999' is no number.")]
    [InlineData("= 4", "At character 1: the name of a column is expected, not '='.")]
    [InlineData("age in 4", "At character 8: '(' is expected, not '4'.")]
    [InlineData("age is 4", "At character 8: 'null' is expected, not '4'.")]
    public void What_is_no_filter_is_refused_with_the_place(string filter, string message)
    {
        var error = Assert.Throws<FilterException>(() => FilterParser.Read(filter, Columns)).Error;

        Assert.Equal((400, "request.invalid"), (error.Status, error.Code));
        Assert.Equal(message, error.Fields!["where"][0]);
    }

    [Theory]
    [InlineData("height > 4", "'height' is no column of credit/1: there are class, score, value, label, verdict, route, status, latencyMs, rows, age, purpose, \"class\", \"home owner\".")]
    [InlineData("secret = 4", "'secret' is hidden by credit/1, and cannot be searched by.")]
    [InlineData("age = 'old'", "'age' holds numbers, and 'old' is none.")]
    [InlineData("purpose > 'car'", "'purpose' holds no numbers: =, !=, in and is compare it, > does not.")]
    [InlineData("age = null", "'age' is asked for null by 'is null' or 'is not null'.")]
    public void A_column_that_does_not_fit_is_refused_by_its_name(string filter, string message)
    {
        var error = Assert.Throws<FilterException>(() => FilterParser.Read(filter, Columns)).Error;

        Assert.Equal((422, "monitor.filter_invalid", message), (error.Status, error.Code, error.Detail));
    }

    [Fact]
    public void Depth_and_length_are_bounded()
    {
        var nested = Assert.Throws<FilterException>(() => FilterParser.Read(new string('(', 1_000) + "age > 4", Columns));
        Assert.Contains("nested", nested.Message, StringComparison.Ordinal);
        Assert.Throws<FilterException>(() => FilterParser.Read($"age > {new string('4', FilterParser.LongestText)}", Columns));
        Assert.True(FilterParser.Read(string.Join(" or ", Enumerable.Repeat("age = 44", 150)), Columns).Matches(Row()));
    }

    private static FilterRow Row() => new(
        new PredictionLogged { Data = new PredictionData { Route = "champion", Timings = new() { TotalMicros = 1_200 } } },
        new SearchRow
        {
            Features = new Dictionary<string, JsonElement>
            {
                ["age"] = Credit.Json(44), ["purpose"] = Credit.Json("it's"), ["class"] = Credit.Json("first"), ["home owner"] = Credit.Json(1),
            },
            Class = "bad",
            Score = 0.83,
            Verdict = "agree",
        });
}
