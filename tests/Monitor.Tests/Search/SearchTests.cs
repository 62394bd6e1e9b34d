using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Inference;
using Platform.Hosting.PredictionLog.Index;
using Platform.Monitor.Search;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Search;

public sealed class SearchTests : IAsyncLifetime
{
    private static readonly DateTimeOffset Morning = DateTimeOffset.Parse("2026-11-20T09:00:00Z");

    private StubRegistry _registry = null!;
    private MonitorHost _monitor = null!;

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        _registry.Deploy(Credit.Version(), []);
        _registry.Deploy(Credit.Version("2"), [], alias: "challenger");
        _monitor = await MonitorHost.StartAsync(_registry);
        await Eventually.TrueAsync(() => _monitor.Services.GetRequiredService<PredictionIndex>().IsBuilt, "the log has been read");
    }

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task The_newest_come_first_in_pages_and_by_version_and_time()
    {
        for (var n = 0; n < 5; n++)
            Log($"p{n}", [20, 1000, 0, 0], n);
        Log("second", [20, 1000, 0, 0], 5, "2");
        await KnownAsync("second");

        Assert.Equal(["second", "p4", "p3", "p2", "p1", "p0"], Ids(await SearchAsync("")));
        Assert.Equal(["second"], Ids(await SearchAsync("model=credit&version=challenger")));
        Assert.Equal(["p2", "p1"], Ids(await SearchAsync("model=credit&from=2026-11-20T09:01:00Z&to=2026-11-20T09:03:00Z")));
        Assert.Equal(["p4", "p3", "p2", "p1", "p0"], await PagesAsync("model=credit&version=1&limit=2", pages: 3));
        Assert.Equal(HttpStatusCode.NotFound, (await _monitor.Http.GetAsync("/v1/predictions?model=nobody")).StatusCode);
    }

    [Fact]
    public async Task A_filter_finds_rows_by_what_was_asked_answered_and_said()
    {
        Log("young", [20, 3000, 1, 0], 0);
        Log("old", [60, 1000, 0, 1], 1);
        _monitor.Log(Credit.Named(Credit.Prediction("both", [[20, 500, 1, 0], [60, 700, 0, 1], [61, null, 0, 1]], Morning.AddMinutes(2))));
        _monitor.Log(Credit.Failure("failed"));
        await KnownAsync("failed");
        await _monitor.Http.PostAsync("/v1/predictions/old/feedback", new StringContent(
            """{"verdict":"disagree","label":"bad"}""", System.Text.Encoding.UTF8, "application/json")).JsonAsync(HttpStatusCode.Accepted);

        Assert.Equal(["both", "young"], Ids(await WhereAsync("age < 40 and class = 'bad'")));
        Assert.Equal(["both", "young"], Ids(await WhereAsync("purpose = 'tv'")));
        Assert.Equal(["both"], Ids(await WhereAsync("amount is null and status = 'succeeded'")));
        Assert.Equal(["failed"], Ids(await WhereAsync("status = 'failed'")));
        Assert.Equal(["old"], Ids(await WhereAsync("label = 'bad' and class = 'good' and verdict = 'disagree'")));
        var rows = (await WhereAsync("age > 40"))["items"]![0]!;
        Assert.Equal(2, (int)rows["matching"]!);
        Assert.Equal(["both:1", "both:2"], rows["rows"]!.AsArray().Select(row => (string?)row!["predictionId"]));
    }

    [Fact]
    public async Task A_page_ends_after_so_many_records_and_goes_on_with_the_next()
    {
        Log("first", [60, 1000, 0, 0], 0);
        for (var n = 0; n < PredictionSearch.MostRead; n++)
            Log($"p{n}", [20, 1000, 0, 0], 1);
        await KnownAsync($"p{PredictionSearch.MostRead - 1}");

        var page = await WhereAsync("age = 60");

        Assert.Empty(page["items"]!.AsArray());
        Assert.NotNull(page["next"]);
        Assert.Equal(["first"], await PagesAsync($"model=credit&where={Uri.EscapeDataString("age = 60")}", pages: null));
    }

    [Fact]
    public async Task A_page_ends_after_so_many_rows_and_of_a_record_of_more_a_filter_sees_the_first()
    {
        await using var monitor = await MonitorHost.StartAsync(
            _registry, null, ("Monitor:Windows:Size", "100000"), ("Monitor:Windows:MaxRows", "100000"));
        monitor.Log(Large("older", oldest: PageBudget.Rows - 1));
        monitor.Log(Large("newer", oldest: PageBudget.Rows));
        await monitor.Http.GetAsync("/v1/predictions/newer").JsonAsync();

        var query = $"/v1/predictions?model=credit&where={Uri.EscapeDataString("age = 60")}";
        var first = await monitor.Http.GetAsync(query).JsonAsync();
        var second = await monitor.Http.GetAsync($"{query}&after={first["next"]}").JsonAsync();

        Assert.Empty(first["items"]!.AsArray());
        var found = Assert.Single(second["items"]!.AsArray())!;
        Assert.Equal(("older", 1, $"older:{PageBudget.Rows - 1}"), ((string?)found["id"], (int)found["matching"]!, (string?)found["rows"]![0]!["predictionId"]));
        Assert.Null(second["next"]);
        Assert.Equal([PageBudget.Rows + 1, PageBudget.Rows + 1], (await monitor.Http.GetAsync("/v1/predictions").JsonAsync())["items"]!.AsArray().Select(item => (int)item!["matching"]!));
    }

    [Theory]
    [InlineData("limit=0", 400, "request.invalid")]
    [InlineData("from=yesterday", 400, "request.invalid")]
    [InlineData("from=2026-11-20T09:00:00Z&to=2026-11-20T09:00:00Z", 400, "request.invalid")]
    [InlineData("after=nothing", 400, "request.invalid")]
    [InlineData("version=1", 400, "request.invalid")]
    [InlineData("where=age%3E4", 400, "request.invalid")]
    [InlineData("model=credit&where=age%3E", 400, "request.invalid")]
    [InlineData("model=credit&where=height%3E4", 422, "monitor.filter_invalid")]
    [InlineData("model=credit&version=9", 404, "monitor.version_unknown")]
    public async Task What_cannot_be_searched_is_refused(string query, int status, string code)
    {
        using var answer = await _monitor.Http.GetAsync($"/v1/predictions?{query}");

        Assert.Equal((status, code), ((int)answer.StatusCode, (string?)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["code"]));
    }

    private static PredictionLogged Large(string id, int oldest) => Credit.Named(Credit.Prediction(
        id, [.. Enumerable.Range(0, PageBudget.Rows + 1).Select(at => new double?[] { at == oldest ? 60 : 20, 1000, 0, 0 })], Morning));

    private void Log(string id, double?[] applicant, int minute, string version = "1") =>
        _monitor.Log(Credit.Named(Credit.Prediction(id, applicant, Morning.AddMinutes(minute), version)));

    private Task KnownAsync(string id) => _monitor.Http.GetAsync($"/v1/predictions/{id}").JsonAsync();

    private Task<JsonNode> WhereAsync(string filter) => SearchAsync($"model=credit&where={Uri.EscapeDataString(filter)}");

    private Task<JsonNode> SearchAsync(string query) => _monitor.Http.GetAsync($"/v1/predictions?{query}").JsonAsync();

    /// <summary>The ids of all pages; how many pages depends on the machine where a page's time can be over.</summary>
    private async Task<List<string?>> PagesAsync(string query, int? pages)
    {
        var (ids, read) = (new List<string?>(), 0);
        for (string? next = ""; next is not null; read++)
        {
            var page = await SearchAsync($"{query}&after={Uri.EscapeDataString(next)}");
            ids.AddRange(Ids(page));
            next = (string?)page["next"];
        }

        Assert.Equal(pages ?? read, read);
        return ids;
    }

    private static IEnumerable<string?> Ids(JsonNode page) => page["items"]!.AsArray().Select(item => (string?)item!["id"]);
}
