using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Contracts.Monitor;
using Platform.Monitor.Tests.Routes;
using Platform.TestKit;

namespace Platform.Monitor.Tests.BusinessOutcomes;

public sealed class OutcomeTests() : DividedCredit(seed: 5)
{
    [Fact]
    public async Task Outcomes_are_told_by_version_route_and_name()
    {
        Send("a", 100, "1", "champion");
        Send("b", 100, "2", "challenger");
        var conversions = Enumerable.Range(0, 100).Select(at => (Id: $"a{at}", Name: "conversion", Value: at < 30 ? 1.0 : 0.0))
            .Concat(Enumerable.Range(0, 40).Select(at => (Id: $"b{at}:0", Name: "conversion", Value: at < 20 ? 1.0 : 0.0)));
        var revenue = Enumerable.Range(0, 10).Select(at => (Id: $"b{at}", Name: "revenue", Value: at * 1.5));

        await ReportAsync([.. conversions, .. revenue]);

        var champion = await HearAsync("1", "champion", "conversion", 100);
        Assert.Equal((100, 100, 30, 30), (champion.Count, champion.ZeroOrOne, champion.Sum, champion.SumOfSquares));
        var challenger = await HearAsync("2", "challenger", "conversion", 40);
        Assert.Equal((20.0, 40), (challenger.Sum, challenger.ZeroOrOne));
        var earned = await HearAsync("2", "challenger", "revenue", 10);
        Assert.Equal((1, 67.5, 641.25), (earned.ZeroOrOne, earned.Sum, earned.SumOfSquares));
    }

    [Fact]
    public async Task An_outcome_that_is_said_again_or_otherwise_changes_nothing()
    {
        Send("a", 100, "1", "champion");
        await ReportAsync([("a0", "conversion", 1), ("a1", "conversion", 0)]);
        await HearAsync("1", "champion", "conversion", 2);

        await ReportAsync([("a0", "conversion", 1), ("a1", "conversion", 1), ("a1:0", "conversion", 1), ("a2", "conversion", 1)]);

        var counted = await HearAsync("1", "champion", "conversion", 3);
        Assert.Equal(2, counted.Sum);
    }

    [Fact]
    public async Task An_outcome_that_comes_before_its_prediction_is_unknown_and_counted_later()
    {
        Assert.Equal("""{"accepted":0,"unknown":1}""", (await PostAsync("""{"predictionId":"a7","name":"conversion","value":1}""")).ToJsonString());

        Send("a", 100, "1", "champion");

        Assert.Equal(1, (await HearAsync("1", "champion", "conversion", 1)).Sum);
    }

    [Fact]
    public async Task A_value_that_is_said_again_of_an_id_that_a_window_has_twice_counts_once()
    {
        await PostAsync("""{"predictionId":"a7","name":"conversion","value":1}""");
        Send("a", 8, "1", "champion");
        Send("a", 92, "1", "champion");
        await HearAsync("1", "champion", "conversion", 1);

        await ReportAsync([("a7", "conversion", 1), ("a8", "conversion", 0)]);

        Assert.Equal(1, (await HearAsync("1", "champion", "conversion", 2)).Sum);
    }

    [Fact]
    public async Task Of_two_that_wait_for_a_row_the_earlier_one_counts()
    {
        await PostAsync("""[{"predictionId":"a7","name":"conversion","value":1,"at":"2026-11-20T10:00:00Z"},{"predictionId":"a7:0","name":"conversion","value":0,"at":"2026-11-20T09:00:00Z"}]""");

        Send("a", 100, "1", "champion");

        Assert.Equal(0, (await HearAsync("1", "champion", "conversion", 1)).Sum);
    }

    [Fact]
    public async Task After_a_restart_no_outcome_is_counted_twice_or_lost()
    {
        Send("a", 130, "1", "champion"); // a window closes after 100, and 30 lie in the next
        await Eventually.TrueAsync(async () => (int)(await PostAsync("""{"predictionId":"a120","name":"revenue","value":2}"""))["accepted"]! == 1, "the open window is read");
        await ReportAsync([("a0", "conversion", 1), ("a110", "conversion", 1)]);
        await HearAsync("1", "champion", "conversion", 1);

        await _monitor.DisposeAsync();
        _monitor = await MonitorHost.StartAsync(_registry, _folder.Path);
        Send("c", 70, "1", "champion");
        await HearAsync("1", "champion", "conversion", 2);
        await ReportAsync([("a0", "conversion", 1), ("a110", "conversion", 1), ("a1", "conversion", 0)]);

        Assert.Equal(2, (await HearAsync("1", "champion", "conversion", 3)).Sum);
        Assert.Equal(2, (await HearAsync("1", "champion", "revenue", 1)).Sum);
    }

    [Fact]
    public async Task A_row_of_several_is_named_by_its_place_and_a_whole_request_gets_a_hint()
    {
        _monitor.Log(Credit.Prediction("many", [.. Enumerable.Range(0, 100).Select(_ => Credit.Applicant(_random))]));
        await _monitor.WindowsAsync("credit", 1);

        var answer = await PostAsync("""[{"predictionId":"many","name":"conversion","value":1},{"predictionId":"many:3","name":"conversion","value":1}]""");

        Assert.Equal((1, 1), ((int)answer["accepted"]!, (int)answer["unknown"]!));
        Assert.Contains("'many:0'", (string?)answer["hint"]);
    }

    [Theory]
    [InlineData("""[{"name":"conversion","value":1}]""", "[0].predictionId")]
    [InlineData("""[null]""", "[0].predictionId")]
    [InlineData("""[{"predictionId":"p","value":1}]""", "[0].name")]
    [InlineData("""[{"predictionId":"p","name":"two words","value":1}]""", "[0].name")]
    [InlineData("""[{"predictionId":"p","name":"conversion\n","value":1}]""", "[0].name")]
    [InlineData("""[{"predictionId":"p","name":"conversion"}]""", "[0].value")]
    [InlineData("""[{"predictionId":"p","name":"conversion","value":2e9}]""", "[0].value")]
    [InlineData("""[{"predictionId":"p","name":"conversion","value":1},{"predictionId":"p","name":"conversion","value":null}]""", "[1].value")]
    public async Task What_is_wrong_is_named_by_its_place(string body, string field)
    {
        var problem = await _monitor.Http.PostAsync("/v1/models/credit/outcomes", Json(body)).JsonAsync(HttpStatusCode.BadRequest);

        Assert.Equal("request.invalid", (string?)problem["code"]);
        Assert.Equal([field], problem["errors"]!.AsObject().Select(error => error.Key));
    }

    [Fact]
    public async Task Of_a_model_that_is_not_there_nothing_is_taken() => await _monitor.Http
        .PostAsync("/v1/models/nobody/outcomes", Json("""[{"predictionId":"p","name":"conversion","value":1}]""")).ProblemAsync(HttpStatusCode.NotFound, "monitor.model_unknown");

    [Fact]
    public async Task A_model_has_so_many_names_and_no_more_and_refused_is_the_whole_request()
    {
        Send("a", 100, "1", "champion");
        await ReportAsync([.. Enumerable.Range(0, 31).Select(at => ($"a{at}", $"name{at}", 1.0))]);
        var two = new[] { new { predictionId = "a50", name = "one-more", value = 1 }, new { predictionId = "a50", name = "too-many", value = 1 } };

        await _monitor.Http.PostAsJsonAsync("/v1/models/credit/outcomes", two).ProblemAsync(HttpStatusCode.Conflict, "monitor.too_many_outcome_names");

        await ReportAsync([("a50", "another", 1), ("a51", "name3", 1)]);
        await HearAsync("1", "champion", "another", 1);
        Assert.DoesNotContain(_monitor.Events.Of<RoutesCounted>().Last().Routes.SelectMany(route => route.Outcomes), outcome => outcome.Name == "one-more");
    }

    private void Send(string prefix, int count, string version, string route)
    {
        for (var at = 0; at < count; at++)
        {
            var record = Credit.Prediction($"{prefix}{at}", Credit.Applicant(_random), version: version);
            _monitor.Log(record with { Data = record.Data with { Route = route } });
        }
    }

    private async Task ReportAsync(IReadOnlyList<(string Id, string Name, double Value)> outcomes)
    {
        using var answer = await _monitor.Http.PostAsJsonAsync("/v1/models/credit/outcomes", outcomes.Select(
            outcome => new { predictionId = outcome.Id, name = outcome.Name, value = outcome.Value }));
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
    }

    private Task<JsonNode> PostAsync(string body) => _monitor.Http.PostAsync("/v1/models/credit/outcomes", Json(body)).JsonAsync(HttpStatusCode.Accepted);

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private Task<OutcomeCount> HearAsync(string version, string route, string name, long count) => Eventually.ValueAsync(() =>
    {
        var told = _monitor.Events.Of<RoutesCounted>().LastOrDefault()?.Routes.FirstOrDefault(one => one.Version == version && one.Route == route)
            ?.Outcomes.FirstOrDefault(outcome => outcome.Name == name);
        return Task.FromResult(told?.Count == count ? told : null);
    }, $"{count} outcomes {name} of {route} of version {version} are told");
}
