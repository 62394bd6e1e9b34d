using System.Globalization;
using System.Text.RegularExpressions;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Exports;

/// <summary>The queries of docs/tables.md, each as it stands there, against a real export read by DuckDB.</summary>
public sealed partial class DocumentedQueryTests(ExportedLog log) : IClassFixture<ExportedLog>
{
    private static readonly string[] Blocks =
        [.. SqlBlock().Matches(File.ReadAllText(Repository.PathOf("docs", "tables.md"))).Select(block => block.Groups[1].Value)];

    [Fact]
    public void There_are_ten_and_the_views_that_they_ask() => Assert.Equal(11, Blocks.Length);

    [Theory]
    [InlineData(1, 4)] // two days of two versions
    [InlineData(2, 47)] // hours
    [InlineData(3, 3)] // two versions succeeded, one request failed
    [InlineData(4, 6)] // three purposes, two classes
    [InlineData(5, 2)]
    [InlineData(6, 1)]
    [InlineData(7, 2)] // more, at least
    [InlineData(8, 2)]
    [InlineData(9, 2)]
    [InlineData(10, 134)] // every third, without the one from feedback
    public void Each_of_them_is_answered(int number, int atLeast)
    {
        var rows = Ask(number);

        Assert.True(rows.Count >= atLeast, $"{rows.Count} rows of {Blocks[number]}");
        Assert.All(rows[0].Where(cell => cell.Key is not ("error" or "amount")), cell => Assert.NotNull(cell.Value));
    }

    [Fact]
    public void They_count_what_was_asked()
    {
        var days = Ask(1);

        Assert.Equal(ExportedLog.Count + 3, days.Sum(row => int.Parse(row["rows"]!, CultureInfo.InvariantCulture)));
        Assert.Equal(ExportedLog.Count + 2, days.Sum(row => int.Parse(row["requests"]!, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void A_request_of_several_rows_goes_wrong_or_right_once()
    {
        var counted = Ask(3).ToDictionary(row => (row["version"], row["status"]));

        Assert.Equal($"{ExportedLog.Count / 2 + 1}", counted[("1", "succeeded")]["requests"]); // that of two rows is one of them
        Assert.Equal($"{ExportedLog.Count / 2}", counted[("2", "succeeded")]["requests"]);
        Assert.Equal("1", counted[("1", "failed")]["requests"]);
        Assert.Equal(1.0 / (ExportedLog.Count / 2 + 2), double.Parse(counted[("1", "failed")]["share"]!, CultureInfo.InvariantCulture), 9);
    }

    [Fact]
    public void They_tell_how_often_a_version_was_right()
    {
        var right = log.Labels.Where(label => Version(label.Key) == "1")
            .Average(label => Credit.Truth(log.Applicants[label.Key]) == label.Value ? 1.0 : 0);

        var row = Assert.Single(Ask(8), row => row["version"] == "1");

        Assert.Equal(right, double.Parse(row["accuracy"]!, CultureInfo.InvariantCulture), 9);
    }

    [Fact]
    public void Rows_are_as_they_were_asked_and_answered()
    {
        Views();
        foreach (var (id, applicant) in log.Applicants.Take(30))
        {
            var row = log.Duck.Ask($"select * from predictions where prediction_id = '{id}'").Single();

            Assert.Equal(applicant[0], double.Parse(row["age"]!, CultureInfo.InvariantCulture));
            Assert.Equal(applicant[1]?.ToString(CultureInfo.InvariantCulture), row["amount"]);
            Assert.Equal(new[] { "car", "tv", "house" }[(int)applicant[2]!.Value], row["purpose"]);
            Assert.Equal(Credit.Truth(applicant), row["class"]);
            Assert.Equal(Credit.Score(applicant), double.Parse(row["probabilities_bad"]!, CultureInfo.InvariantCulture), 5);
        }
    }

    [Fact]
    public void A_request_of_several_rows_has_them_all_and_one_without_an_answer_says_why()
    {
        Views();

        Assert.Equal("2", log.Duck.One("select count(*) from predictions where prediction_id in ('both:0', 'both:1')"));
        Assert.Equal("2", log.Duck.One("select count(*) from predictions where time = timestamp '2026-11-20 01:00:00'"));
        var failed = log.Duck.Ask("select * from predictions where prediction_id = 'failed'").Single();
        Assert.Equal(("failed", "It did not work.", null), (failed["status"], failed["error"], failed["age"]));
    }

    private static string Version(string id) => int.Parse(id.AsSpan(1), CultureInfo.InvariantCulture) % 2 == 0 ? "1" : "2";

    private IReadOnlyList<IReadOnlyDictionary<string, string?>> Ask(int number)
    {
        Views();
        return log.Duck.Ask(Blocks[number]);
    }

    private void Views()
    {
        var views = Blocks[0].Replace("create view", "create or replace view", StringComparison.Ordinal)
            .Replace("'november/", $"'{log.Tables}/", StringComparison.Ordinal).Replace("'labels.parquet'", $"'{log.LabelFile}'", StringComparison.Ordinal);
        foreach (var view in views.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            log.Duck.Ask(view);
    }

    [GeneratedRegex("```sql\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex SqlBlock();
}
