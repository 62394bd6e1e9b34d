using System.Net;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Exports;

public sealed class ExportRouteTests(ExportedLog log) : IClassFixture<ExportedLog>
{
    [Fact]
    public async Task The_last_predictions_of_a_version_are_a_file()
    {
        using var folder = new TemporaryFolder();
        var file = folder.File("predictions.parquet");
        var next = await DownloadAsync("/v1/models/credit/predictions.parquet?version=2", file);

        Assert.Null(next);
        Assert.Equal("200", log.Duck.One($"select count(*) from '{file}' where version = '2' and probabilities_good is not null and class is not null"));
        Assert.Equal("p399", log.Duck.One($"select first(prediction_id) from '{file}'"));
    }

    [Fact]
    public async Task A_limited_file_says_where_the_next_begins()
    {
        using var folder = new TemporaryFolder();
        var next = await DownloadAsync("/v1/models/credit/predictions.parquet?version=2&limit=150", folder.File("1.parquet"));
        var end = await DownloadAsync($"/v1/models/credit/predictions.parquet?version=2&limit=150&after={next}", folder.File("2.parquet"));

        Assert.Null(end);
        Assert.Equal("200", log.Duck.One($"select count(distinct prediction_id) from '{folder.File("*.parquet")}'"));
    }

    [Fact]
    public async Task A_range_without_predictions_is_a_file_without_rows()
    {
        using var folder = new TemporaryFolder();
        await DownloadAsync("/v1/models/credit/predictions.parquet?version=2&to=2026-01-01T00:00:00Z", folder.File("none.parquet"));

        Assert.Equal("0", log.Duck.One($"select count(prediction_id) from '{folder.File("none.parquet")}'"));
    }

    [Fact]
    public async Task Labels_say_which_way_they_came_and_who_gave_them()
    {
        var labels = await LabelsAsync("");

        Assert.Equal(log.Labels.Count + 1, labels.Count);
        Assert.All(log.Labels, sent => Assert.Contains(labels, label =>
            (string?)label["predictionId"] == sent.Key && (string?)label["label"] == sent.Value && (string?)label["source"] == "ground_truth"));
        var said = Assert.Single(labels, label => (string?)label["source"] == "feedback");
        Assert.Equal(("p1", "bad", "2", "ada"), ((string?)said["predictionId"], (string?)said["label"], (string?)said["version"], (string?)said["by"]));
        Assert.Single(await LabelsAsync("?source=feedback"));
        Assert.Equal(67, (await LabelsAsync("?version=1")).Count);
    }

    [Fact]
    public async Task Labels_come_in_pages()
    {
        var (ids, after) = (new List<string>(), "");
        for (var page = 0; page < 3; page++)
        {
            using var answer = await log.Monitor.Http.GetAsync($"/v1/models/credit/labels?limit=50&after={after}");
            ids.AddRange((await LinesAsync(answer)).Select(label => (string)label["predictionId"]!));
            after = answer.Headers.TryGetValues("x-next", out var next) ? next.Single() : "";
        }

        Assert.Equal("", after);
        Assert.Equal(log.Labels.Keys.Append("p1").Order(), ids.Order());
    }

    [Theory]
    [InlineData("/v1/models/nobody/predictions.parquet", HttpStatusCode.NotFound, "monitor.model_unknown")]
    [InlineData("/v1/models/credit/predictions.parquet?version=9", HttpStatusCode.NotFound, "monitor.version_unknown")]
    [InlineData("/v1/models/credit/predictions.parquet?limit=0", HttpStatusCode.BadRequest, "request.invalid")]
    [InlineData("/v1/models/credit/predictions.parquet?after=nowhere", HttpStatusCode.BadRequest, "request.invalid")]
    [InlineData("/v1/models/credit/predictions.parquet?from=today", HttpStatusCode.BadRequest, "request.invalid")]
    [InlineData("/v1/models/nobody/labels", HttpStatusCode.NotFound, "monitor.model_unknown")]
    [InlineData("/v1/models/credit/labels?version=9", HttpStatusCode.NotFound, "monitor.version_unknown")]
    [InlineData("/v1/models/credit/labels?source=hearsay", HttpStatusCode.BadRequest, "request.invalid")]
    [InlineData("/v1/models/credit/labels?after=-", HttpStatusCode.BadRequest, "request.invalid")]
    public async Task What_cannot_be_exported_is_said(string path, HttpStatusCode status, string code) =>
        await log.Monitor.Http.GetAsync(path).ProblemAsync(status, code);

    private async Task<string?> DownloadAsync(string path, string file)
    {
        using var answer = await log.Monitor.Http.GetAsync(path);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.Equal("application/vnd.apache.parquet", answer.Content.Headers.ContentType?.MediaType);
        await File.WriteAllBytesAsync(file, await answer.Content.ReadAsByteArrayAsync());
        return answer.Headers.TryGetValues("x-next", out var next) ? next.Single() : null;
    }

    private async Task<IReadOnlyList<JsonNode>> LabelsAsync(string query)
    {
        using var answer = await log.Monitor.Http.GetAsync($"/v1/models/credit/labels{query}");
        return await LinesAsync(answer);
    }

    private static async Task<IReadOnlyList<JsonNode>> LinesAsync(HttpResponseMessage answer)
    {
        Assert.Equal("application/x-ndjson", answer.Content.Headers.ContentType?.MediaType);
        return [.. (await answer.Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
