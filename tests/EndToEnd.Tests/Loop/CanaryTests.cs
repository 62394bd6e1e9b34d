using System.Net;
using System.Text.Json.Nodes;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestKit.Running;

namespace Platform.EndToEnd.Tests.Loop;

/// <summary>A canary from its promotion through traffic and labels to its end, in one process on a folder of its own.</summary>
public sealed class CanaryTests : IDisposable
{
    private const string Model = "credit";

    // Small windows, as labels count once the window of their prediction has closed; and a quick pace.
    internal static readonly Dictionary<string, string> Quick = new()
    {
        ["PLATFORM_Monitor__Windows__Size"] = "20",
        ["PLATFORM_Monitor__Windows__MinRows"] = "1",
        ["PLATFORM_Monitor__Windows__MinAge"] = "00:00:00",
        ["PLATFORM_Monitor__Windows__MaxAge"] = "00:00:01",
        ["PLATFORM_Monitor__Routes__Interval"] = "00:00:00.300",
        ["PLATFORM_Registry__Rollouts__Interval"] = "00:00:00.300",
    };

    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task A_good_version_goes_through_its_steps_also_when_the_process_is_killed_in_one_of_them()
    {
        string promotion;
        await using (var first = await StartAsync())
        {
            using var api = new PlatformApi(first.Address);
            promotion = await BeginAsync(api);
            await ServeUntilAsync(api, promotion, right: _ => true, now => (int)now["step"]! == 2);
            await first.KillAsync();
        }

        await using var second = await StartAsync();
        using var again = new PlatformApi(second.Address);
        await again.UntilReadyAsync(Model);
        Assert.Equal(("running", 2), await again.ReadAsync(promotion) is var kept ? ((string?)kept["state"], (int)kept["step"]!) : default);
        var ended = await ServeUntilAsync(again, promotion, right: _ => true, now => (string?)now["state"] != "running");

        Assert.Equal("completed", (string?)ended["state"]);
        Assert.Equal([1, 2], ended["decisions"]!.AsArray().Where(decision => (string?)decision!["verdict"] == "advance").Select(decision => (int)decision!["step"]!));
        await again.UntilServesAsync(Model, "2");
        Assert.Equal(["2"], await SharesAsync(again));
    }

    [Fact]
    public async Task A_version_that_is_wrong_more_often_is_rolled_back_with_the_numbers()
    {
        await using var process = await StartAsync();
        using var api = new PlatformApi(process.Address);
        var promotion = await BeginAsync(api);

        var ended = await ServeUntilAsync(api, promotion, right: version => version == "1", now => (string?)now["state"] != "running");

        Assert.Equal("rolled_back", (string?)ended["state"]);
        var measure = ended["decisions"]!.AsArray()[^1]!["measures"]!.AsArray().Single(one => (string?)one!["measure"] == "performance.accuracy")!;
        Assert.Equal((1, 0), ((double)measure["champion"]!, (double)measure["challenger"]!));
        Assert.True((double)measure["interval"]![1]! < -0.15, measure.ToJsonString());
        await api.UntilServesAsync(Model, "1");
        Assert.Equal(["1"], await SharesAsync(api));
    }

    [Fact]
    public async Task A_version_whose_answers_bring_less_is_rolled_back_by_its_outcomes()
    {
        await using var process = await StartAsync();
        using var api = new PlatformApi(process.Address);
        var promotion = await BeginAsync(api, """{"measure":"outcomes.conversion","margin":0.15}""");

        var ended = await UntilAsync(api, promotion, async () =>
        {
            var outcomes = new JsonArray();
            for (var request = 0; request < 40; request++)
            {
                var (id, version, _) = await AskAsync(api, null);
                outcomes.Add(new JsonObject { ["predictionId"] = id, ["name"] = "conversion", ["value"] = version == "1" || request % 8 == 0 ? 1 : 0 });
            }

            using var taken = await api.PostAsync($"/v1/models/{Model}/outcomes", outcomes);
            Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
        }, now => (string?)now["state"] != "running");

        Assert.Equal("rolled_back", (string?)ended["state"]);
        var measure = ended["decisions"]!.AsArray()[^1]!["measures"]![0]!;
        Assert.Equal(("outcomes.conversion", 1), ((string?)measure["measure"], (double)measure["champion"]!));
        Assert.True((double)measure["interval"]![1]! < -0.15, measure.ToJsonString());
        await api.UntilServesAsync(Model, "1");
    }

    private Task<PlatformProcess> StartAsync() => StandaloneProcess.StartAsync(["--empty", "--port", "0", "--data", _data.Path], Quick);

    private static async Task<string> BeginAsync(
        PlatformApi api, string guards = """{"measure":"performance.accuracy","margin":0.15},{"measure":"errors.rate","margin":0.2}""")
    {
        await api.ServeCreditAsync(Model);
        using var answer = await api.PostAsync($"/v1/models/{Model}/promotions", JsonNode.Parse($$$"""
            {"version":"2","strategy":{"kind":"canary","steps":[{"weight":0.3,"minimumSamples":30},{"weight":0.5,"minimumSamples":30}],
             "guards":[{{{guards}}}]}}
            """)!);
        Assert.True(answer.StatusCode == HttpStatusCode.Accepted, await answer.Content.ReadAsStringAsync());
        await Eventually.TrueAsync(async () => (await AskAsync(api, "challenger")).Version == "2", "the version is loaded");
        return answer.Headers.Location!.ToString();
    }

    /// <summary>Sends requests and their labels until the promotion is where the test wants it.</summary>
    private static Task<JsonNode> ServeUntilAsync(PlatformApi api, string promotion, Predicate<string> right, Predicate<JsonNode> until) =>
        UntilAsync(api, promotion, () => ServeAsync(api, right), until);

    /// <summary>Sends requests, and the labels by which versions are right or not.</summary>
    internal static async Task ServeAsync(PlatformApi api, Predicate<string> right)
    {
        var labels = new JsonArray();
        for (var request = 0; request < 40; request++)
        {
            var (id, version, answered) = await AskAsync(api, null);
            labels.Add(new JsonObject { ["predictionId"] = id, ["label"] = right(version) == (answered == "bad") ? "bad" : "good" });
        }

        using var taken = await api.PostAsync($"/v1/models/{Model}/ground-truth", labels);
        Assert.Equal(HttpStatusCode.Accepted, taken.StatusCode);
    }

    private static async Task<JsonNode> UntilAsync(PlatformApi api, string promotion, Func<Task> serve, Predicate<JsonNode> until)
    {
        JsonNode? now = null;
        await Eventually.TrueAsync(async () =>
        {
            await serve();
            now = await api.ReadAsync(promotion);
            return until(now);
        }, "the promotion goes on");
        return now!;
    }

    internal static async Task<(string Id, string Version, string Class)> AskAsync(PlatformApi api, string? role)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/v2/models/{Model}/infer")
        {
            Content = System.Net.Http.Json.JsonContent.Create(PlatformApi.InferBody([CreditSample.Usual[Random.Shared.Next(CreditSample.Usual.Count)]])),
        };
        if (role is not null) request.Headers.Add("x-route", role);
        using var response = await api.Http.SendAsync(request);
        var answer = await Task.FromResult(response).JsonAsync();
        var bad = (double)answer["outputs"]![0]!["data"]![1]!;
        return (response.Headers.GetValues("x-prediction-id").Single(), response.Headers.GetValues("x-model-version").Single(), bad >= 0.5 ? "bad" : "good");
    }

    private static async Task<string[]> SharesAsync(PlatformApi api) =>
        [.. (await api.ReadAsync("/v1/deployments"))["items"]![0]!["split"]!.AsArray().Select(share => (string)share!["version"]!)];
}
