using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json.Nodes;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.Standalone.Tests.Access;

/// <summary>What a key allows for one model, or for one alias, it allows for no other.</summary>
public sealed class GrantTests(AskingPlatform platform) : IClassFixture<AskingPlatform>
{
    private static readonly string[] One = ["one"];

    [Fact]
    public async Task A_key_for_one_model_sees_and_calls_no_other()
    {
        using var models = await OperatorAsync("one", "two");
        var (holder, _) = await platform.HolderAsync("holder of one",
            new { permission = "observe", models = One }, new { permission = "infer", models = One }, new { permission = "explain", models = One });
        var job = await JobAsync(models, "two");
        var own = await JobAsync(models, "one");

        Assert.Equal(["one"], await NamesAsync(holder, "/v1/models", "name"));
        Assert.Equal(["one"], await NamesAsync(holder, "/v1/deployments", "model"));
        Assert.Equal(["one"], await NamesAsync(holder, "/v1/events", "model"));
        Assert.Equal(["one"], (await Post(holder, "/v2/repository/index").JsonAsync()).AsArray().Select(entry => (string)entry!["name"]!));
        Assert.Equal(["one"], (await holder.GetAsync("/v2/models/stats").JsonAsync())["model_stats"]!.AsArray().Select(entry => (string)entry!["name"]!));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(holder.GetAsync("/v1/models/one")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(holder.GetAsync("/v1/models/two")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Infer(holder, "one")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(Infer(holder, "two")));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(holder.GetAsync($"/v1/jobs/{own}")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(holder.GetAsync($"/v1/jobs/{job}")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(holder.GetAsync($"/v1/jobs/{job}/events")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(holder.DeleteAsync($"/v1/jobs/{job}")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(holder.GetAsync("/v1/artifacts/0")));
    }

    [Fact]
    public async Task An_explanation_is_read_by_who_may_explain_its_model()
    {
        using var models = await OperatorAsync("three");
        var (holder, _) = await platform.HolderAsync("explains one", new { permission = "explain", models = One });
        var explanation = await Explain(models.Http, "three").JsonAsync();

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(models.GetAsync($"/v1/explanations/{explanation["id"]}")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(holder.GetAsync($"/v1/explanations/{explanation["id"]}")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(Explain(holder, "three")));
    }

    [Fact]
    public async Task Who_may_move_the_challenger_may_not_move_the_champion()
    {
        using var models = await OperatorAsync("four");
        var (holder, _) = await platform.HolderAsync("mover", new { permission = "promote", models = new[] { "four" }, aliases = new[] { "challenger" } });

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(Post(holder, "/v1/models/four/promotions", new { version = "2", alias = "challenger" })));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(holder.PutAsJsonAsync("/v1/models/four/aliases/challenger", new { version = "1" })));
        var denied = await Post(holder, "/v1/models/four/promotions", new { version = "2" }).JsonAsync(HttpStatusCode.Forbidden);
        Assert.Equal("This needs the permission promote for the model 'four' and the alias 'champion', which the caller does not have.", (string?)denied["detail"]);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(Post(holder, "/v1/models/four/promotions", new { version = "2", alias = "champion" })));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(Post(holder, "/v1/models/four/rollback")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(holder.PutAsJsonAsync("/v1/models/four/aliases/staging", new { version = "1" })));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(holder.DeleteAsync("/v1/models/four/aliases/staging")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(Post(holder, "/api/2.0/mlflow/registered-models/alias", new { name = "four", alias = "shadow", version = "1" })));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(Post(holder, "/api/2.0/mlflow/model-versions/transition-stage", new { name = "four", version = "2", stage = "production" })));

        var history = (await models.ReadAsync("/v1/models/four/history"))["items"]!.AsArray();
        // What was denied is in it, too: who tried to do what to which alias.
        Assert.Equal(["champion", "shadow", "staging", "staging", "champion", "champion", "champion"], history.Take(7).Select(entry => (string)entry!["alias"]!));
        Assert.All(history.Take(7), entry => Assert.Equal(("promotion_denied", "mover"), ((string)entry!["action"]!, (string)entry["by"]!)));
        Assert.Equal(("2", "1"), ((string)history[0]!["version"]!, (string)history[1]!["version"]!));
        Assert.Equal(("mover", "challenger"), ((string)history[7]!["by"]!, (string)history[7]!["alias"]!));
    }

    [Fact]
    public async Task Who_may_not_promote_at_all_is_denied_and_the_history_says_so_in_its_chain()
    {
        using var models = await OperatorAsync("seven");
        var (holder, _) = await platform.HolderAsync("onlooker", new { permission = "observe" }, new { permission = "promote", models = new[] { "seven" } });
        var (stranger, _) = await platform.HolderAsync("stranger to promotions", new { permission = "observe" });

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(Post(stranger, "/v1/models/seven/promotions", new { version = "2" })));
        var denied = await Post(holder, "/v1/models/seven/promotions", new { version = "2", @override = new { reason = "hurry" } }).JsonAsync(HttpStatusCode.Forbidden);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(Post(stranger, "/v1/models/nobody/promotions", new { version = "2" })));

        Assert.Contains("manage", (string?)denied["detail"], StringComparison.Ordinal);
        var history = (await models.ReadAsync("/v1/models/seven/history"))["items"]!.AsArray();
        Assert.Equal(["onlooker", "stranger to promotions"], history.Take(2).Select(entry => (string)entry!["by"]!));
        Assert.All(history.Take(2), entry => Assert.Equal("promotion_denied", (string?)entry!["action"]));
        Assert.True((bool)(await stranger.GetAsync("/v1/audit/verify?model=seven").JsonAsync())["valid"]!);
    }

    [Fact]
    public async Task A_rule_that_rolls_back_is_set_by_who_may_promote_its_model()
    {
        var (manager, _) = await platform.HolderAsync("sets rules", new { permission = "manage" }, new { permission = "promote", models = new[] { "eight" } });

        Assert.Equal(HttpStatusCode.OK, await StatusAsync(SetRuleAsync(manager, "nine", null)));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(SetRuleAsync(manager, "eight", "rollback")));
        var denied = await SetRuleAsync(manager, "nine", "rollback").JsonAsync(HttpStatusCode.Forbidden);
        Assert.Contains("promote for the model 'nine'", (string?)denied["detail"], StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(SetRuleAsync(manager, null, "rollback")));
    }

    [Fact]
    public async Task Of_anothers_prediction_nothing_is_told_not_even_how_many_rows_it_has()
    {
        using var models = await OperatorAsync("ten");
        var (holder, _) = await platform.HolderAsync("observes one", new { permission = "observe", models = One }, new { permission = "label", models = One });
        using var answer = await Infer(models.Http, "ten");
        var id = answer.Headers.GetValues("x-prediction-id").Single();
        await models.Http.GetAsync($"/v1/predictions/{id}:0").JsonAsync();

        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync(models.Http.GetAsync($"/v1/predictions/{id}:9")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(holder.GetAsync($"/v1/predictions/{id}:9")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(Post(holder, $"/v1/predictions/{id}:9/feedback", new { verdict = "agree" })));
    }

    [Fact]
    public async Task A_name_is_registered_by_who_may_register_it_and_not_in_anothers_name()
    {
        var (holder, _) = await platform.HolderAsync("registers five", new { permission = "register", models = new[] { "five" } });
        holder.DefaultRequestHeaders.Add("x-actor", "somebody else");

        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(Post(holder, "/v1/models", new { name = "six" })));
        var model = await Post(holder, "/v1/models", new { name = "five" }).JsonAsync(HttpStatusCode.Created);
        Assert.Equal("registers five", (string?)model["createdBy"]);
        Assert.Equal(HttpStatusCode.BadRequest, await StatusAsync(Post(holder, "/v1/models/five/versions")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(Post(holder, "/v1/models/six/versions")));
    }

    private static Task<HttpResponseMessage> SetRuleAsync(HttpClient http, string? model, string? action) =>
        http.PutAsJsonAsync("/v1/alert-rules/granted", new { model, metric = "performance.accuracy", action });

    private async Task<PlatformApi> OperatorAsync(params string[] models)
    {
        var api = new PlatformApi(platform.Operator.BaseAddress!, key: AskingPlatform.Bootstrap);
        foreach (var model in models) await api.ServeCreditAsync(model);
        return api;
    }

    private static async Task<string> JobAsync(PlatformApi api, string model) =>
        (string)(await api.PostAsync($"/v1/models/{model}/jobs", PlatformApi.InferBody(CreditSample.Usual.Take(1).ToList())).JsonAsync(HttpStatusCode.Accepted))["id"]!;

    private static Task<HttpResponseMessage> Infer(HttpClient http, string model) =>
        Post(http, $"/v2/models/{model}/infer", PlatformApi.InferBody(CreditSample.Usual.Take(1).ToList()));

    private static Task<HttpResponseMessage> Explain(HttpClient http, string model) => Post(http, $"/v1/models/{model}/explanations", new JsonObject
    {
        ["inputs"] = new JsonArray(PlatformApi.Tensor(CreditSample.Usual.Take(1).ToList())), ["method"] = "permutation", ["budget"] = 200,
    });

    private static Task<HttpResponseMessage> Post(HttpClient http, string path, object? body = null) =>
        body is null ? http.PostAsync(path, new StringContent("{}", Encoding.UTF8, "application/json")) : http.PostAsJsonAsync(path, body);

    private static async Task<IEnumerable<string>> NamesAsync(HttpClient http, string path, string member) =>
        (await http.GetAsync(path).JsonAsync())["items"]!.AsArray().Select(item => (string)item![member]!).Distinct();

    private static async Task<HttpStatusCode> StatusAsync(Task<HttpResponseMessage> asked)
    {
        using var answer = await asked;
        return answer.StatusCode;
    }
}
