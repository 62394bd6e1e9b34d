using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Monitor.Tests.Analyses;

public sealed class FairnessAnalysisTests(AnalysisHost host) : IClassFixture<AnalysisHost>
{
    [Fact]
    public async Task The_golden_file_is_met_over_HTTP()
    {
        var data = Golden.Statistics.GetProperty("fairness");
        var body = JsonNode.Parse(data.GetRawText())!.AsObject();
        body.Remove("expected");

        var answer = await host.AnswerAsync("fairness", body.ToJsonString());

        foreach (var expected in data.GetProperty("expected").EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.Number))
            Agreement.Statistic(expected.Value.GetDouble(), answer[expected.Name]!.GetValue<double>(), expected.Name);
        foreach (var rate in data.GetProperty("expected").GetProperty("positive_rate").EnumerateObject())
            Agreement.Statistic(rate.Value.GetDouble(), answer["positive_rate"]![rate.Name]!.GetValue<double>(), rate.Name);
        Assert.True(answer["violates_four_fifths"]!.GetValue<bool>());
        Assert.InRange(answer["pValue"]!.GetValue<double>(), 0, 1e-9);
    }

    [Fact]
    public async Task Without_labels_only_the_rates_are_compared()
    {
        var answer = await host.AnswerAsync("fairness", """{"group":["a","a","b","b"],"decision":[1,1,0,1],"privileged":"a","unprivileged":"b"}""");

        Assert.Equal(0.5, answer["disparate_impact"]!.GetValue<double>());
        Assert.Null(answer["equal_opportunity_difference"]);
        Assert.Equal("fisher_exact", answer["pValueTest"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("""["1.0","1.0","2.0","2.0"]""", "1", "2", "[1,1,0,1]")]
    [InlineData("[1,1,0,0]", "true", "false", "[1,1,0,1]")]
    [InlineData("""["True","True","False","False"]""", "true", "false", """["1.0","True","0.0",true]""")]
    public async Task Groups_and_decisions_are_the_same_in_every_notation(string group, string privileged, string unprivileged, string decisions)
    {
        var answer = await host.AnswerAsync("fairness",
            $$"""{"group":{{group}},"decision":{{decisions}},"privileged":{{privileged}},"unprivileged":{{unprivileged}}}""");

        Assert.Equal(0.5, answer["disparate_impact"]!.GetValue<double>());
    }

    [Theory]
    [InlineData("[0,0,0,0]")]
    [InlineData("[0,0,0,1]")]
    public async Task Without_a_ratio_nothing_is_said_of_four_fifths(string decisions)
    {
        var answer = await host.AnswerAsync(
            "fairness", $$"""{"group":["a","a","b","b"],"decision":{{decisions}},"privileged":"a","unprivileged":"b"}""");

        Assert.Null(answer["disparate_impact"]);
        Assert.True(answer.AsObject().ContainsKey("violates_four_fifths"));
        Assert.Null(answer["violates_four_fifths"]);
    }

    [Theory]
    [InlineData("""{"decision":[1],"privileged":"a","unprivileged":"b"}""", "group")]
    [InlineData("""{"group":["a"],"decision":[2],"privileged":"a","unprivileged":"b"}""", "decision[0]")]
    [InlineData("""{"group":["a"],"decision":[1,1],"privileged":"a","unprivileged":"b"}""", "decision")]
    [InlineData("""{"group":["a"],"decision":[1],"label":[1,0],"privileged":"a","unprivileged":"b"}""", "label")]
    [InlineData("""{"group":["a"],"decision":[1],"unprivileged":"b"}""", "privileged")]
    [InlineData("""{"group":["a"],"decision":[1],"privileged":"a","unprivileged":"a"}""", "unprivileged")]
    [InlineData("""{"group":["a"],"decision":[1],"privileged":"a","unprivileged":"b","colour":1}""", "colour")]
    public async Task A_wrong_body_is_refused_by_field(string body, string field) =>
        Assert.Contains(field, await host.RefusalAsync("fairness", body));
}
