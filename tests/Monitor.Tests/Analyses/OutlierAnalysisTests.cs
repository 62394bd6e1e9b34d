using System.Text.Json.Nodes;

namespace Platform.Monitor.Tests.Analyses;

public sealed class OutlierAnalysisTests(AnalysisHost host) : IClassFixture<AnalysisHost>
{
    [Theory]
    [InlineData("isolation_forest")]
    [InlineData("one_class_svm")]
    [InlineData("mahalanobis")]
    public async Task The_rows_of_the_golden_file_are_told_apart_over_HTTP(string method)
    {
        var data = Golden.Statistics.GetProperty("outliers");
        var body = new JsonObject
        {
            ["train"] = JsonNode.Parse(data.GetProperty("train").GetRawText()),
            ["test"] = JsonNode.Parse(data.GetProperty("test").GetRawText()),
            ["method"] = method,
            ["parameters"] = new JsonObject { ["nu"] = 0.1, ["gamma"] = 0.25 },
        };

        var answer = await host.AnswerAsync("outliers", body.ToJsonString());

        var outliers = data.GetProperty("outlier").Flags();
        var found = answer["outlier"]!.AsArray().Select(outlier => (bool)outlier!).ToArray();
        Assert.Equal(method, (string?)answer["method"]);
        Assert.Equal(outliers.Length, answer["scores"]!.AsArray().Count);
        Assert.All(found.Zip(outliers).Where(row => row.Second), row => Assert.True(row.First));
        Assert.InRange(found.Count(outlier => outlier), outliers.Count(outlier => outlier), outliers.Length / 2);
        Assert.NotEmpty((string?)answer["rule"] ?? "");
    }

    [Fact]
    public async Task Without_a_method_it_is_the_forest()
    {
        var answer = await host.AnswerAsync("outliers", """{"train":[[1],[2],[3]],"test":[[2]]}""");

        Assert.Equal("isolation_forest", (string?)answer["method"]);
        Assert.False((bool)answer["outlier"]![0]!);
    }

    [Theory]
    [InlineData("""{"test":[[1]]}""", "train")]
    [InlineData("""{"train":[[1]],"test":[[1]]}""", "train")]
    [InlineData("""{"train":[[1],[2]],"test":[]}""", "test")]
    [InlineData("""{"train":[[1],[2,3]],"test":[[1]]}""", "train[1]")]
    [InlineData("""{"train":[[],[]],"test":[[1]]}""", "train[0]")]
    [InlineData("""{"train":[[1],[2]],"test":[[1],null]}""", "test[1]")]
    [InlineData("""{"train":[[1],[2]],"test":[[1e200]]}""", "test[0]")]
    [InlineData("""{"train":[[1],[2]],"test":[[1]],"method":"odd"}""", "method")]
    [InlineData("""{"train":[[1],[2]],"test":[[1]],"parameters":{"trees":0}}""", "parameters.trees")]
    [InlineData("""{"train":[[1],[2]],"test":[[1]],"parameters":{"sampleSize":1}}""", "parameters.sampleSize")]
    [InlineData("""{"train":[[1],[2]],"test":[[1]],"parameters":{"contamination":0.5}}""", "parameters.contamination")]
    [InlineData("""{"train":[[1],[2]],"test":[[1]],"parameters":{"nu":0}}""", "parameters.nu")]
    [InlineData("""{"train":[[1],[2]],"test":[[1]],"parameters":{"gamma":-1}}""", "parameters.gamma")]
    [InlineData("""{"train":[[1],[2]],"test":[[1]],"colour":1}""", "colour")]
    public async Task A_wrong_body_is_refused_by_field(string body, string field) =>
        Assert.Contains(field, await host.RefusalAsync("outliers", body));

    [Fact]
    public async Task More_rows_than_a_method_can_learn_from_are_refused()
    {
        var rows = string.Join(',', Enumerable.Repeat("[1]", 2_001));

        Assert.Equal(["train"], await host.RefusalAsync("outliers", $$"""{"train":[{{rows}}],"test":[[1]],"method":"one_class_svm"}"""));
    }
}
