using System.Net;
using System.Net.Http.Json;
using System.Text;
using Platform.TestKit;

namespace Platform.Registry.Tests.Models;

public sealed class ModelTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    [Fact]
    public async Task A_registered_model_is_described_with_all_that_was_said_of_it()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/models");
        request.Headers.Add("x-actor", "ann");
        request.Content = JsonContent.Create(new
        {
            name = "credit", description = "Who pays back?", tags = new { team = "risk" },
            gates = new { metrics = new { accuracy = new { atLeast = 0.7 } } },
        });
        var created = await registry.Http.SendAsync(request);
        var model = await Task.FromResult(created).JsonAsync(HttpStatusCode.Created);

        Assert.Equal("/v1/models/credit", created.Headers.Location!.ToString());
        Assert.Equal("credit", model["name"]!.GetValue<string>());
        Assert.Equal("Who pays back?", model["description"]!.GetValue<string>());
        Assert.Equal("risk", model["tags"]!["team"]!.GetValue<string>());
        Assert.Equal("ann", model["createdBy"]!.GetValue<string>());
        Assert.Equal("""{"metrics":{"accuracy":{"atLeast":0.7}}}""", model["gates"]!.ToJsonString());
        Assert.Null(model["latestVersion"]);
        Assert.Equal(model.ToJsonString(), (await registry.GetAsync("/v1/models/credit")).ToJsonString());
    }

    [Fact]
    public async Task A_name_can_be_taken_once()
    {
        var name = await registry.RegisterAsync();

        await registry.Http.PostAsJsonAsync("/v1/models", new { name }).ProblemAsync(HttpStatusCode.Conflict, "registry.model_exists");
    }

    [Fact]
    public async Task Of_many_that_want_the_same_name_one_gets_it()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => registry.Http.PostAsJsonAsync("/v1/models", new { name = "wanted" })));

        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.Created);
        Assert.Equal(19, answers.Count(answer => answer.StatusCode == HttpStatusCode.Conflict));
    }

    [Theory]
    [InlineData("""{}""", "name")]
    [InlineData("""{"name":null}""", "name")]
    [InlineData("""{"name":""}""", "name")]
    [InlineData("""{"name":"Credit"}""", "name")]
    [InlineData("""{"name":"-credit"}""", "name")]
    [InlineData("""{"name":"a b"}""", "name")]
    [InlineData("""{"name":"a/b"}""", "name")]
    [InlineData("""{"name":"credit\n"}""", "name")]
    [InlineData("""{"name":"stats"}""", "name")]
    [InlineData("""{"name":"ok","gates":{"metrics":{"accuracy":{}}}}""", "gates.metrics.accuracy")]
    [InlineData("""{"name":"ok","gates":{"metrics":{"accuracy":{"atLeast":2,"atMost":1}}}}""", "gates.metrics.accuracy")]
    [InlineData("""{"name":"ok","gates":{"metrics":{"accuracy":{"atLeast":1e999}}}}""", "gates.metrics.accuracy")]
    public async Task A_wrong_field_is_refused_and_named(string body, string field)
    {
        using var answer = await registry.Http.PostAsync("/v1/models", Json(body));
        var problem = await Task.FromResult(answer).JsonAsync(HttpStatusCode.BadRequest);

        Assert.Equal("request.invalid", problem["code"]!.GetValue<string>());
        Assert.NotNull(problem["errors"]![field]);
    }

    [Theory]
    [InlineData("""{"name":"ok","colour":"red"}""")]
    [InlineData("""{"name":5}""")]
    [InlineData("""{"name":"ok","tags":{"a":1}}""")]
    [InlineData("""{"name":"ok","gates":{"metrics":{"accuracy":{"atleast":1}}}}""")]
    [InlineData("""{"name":"ok" """)]
    [InlineData("""[]""")]
    [InlineData("null")]
    [InlineData("")]
    public async Task A_body_of_another_form_is_refused(string body) =>
        await registry.Http.PostAsync("/v1/models", Json(body)).ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");

    [Fact]
    public async Task A_name_may_have_100_characters_and_not_101()
    {
        await registry.PostAsync("/v1/models", new { name = new string('a', 100) }, HttpStatusCode.Created);

        await registry.Http.PostAsJsonAsync("/v1/models", new { name = new string('a', 101) }).ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");
    }

    [Fact]
    public async Task An_unknown_model_is_not_found() =>
        await registry.Http.GetAsync("/v1/models/nobody").ProblemAsync(HttpStatusCode.NotFound, "registry.model_not_found");

    [Fact]
    public async Task Models_are_listed_by_name_page_by_page()
    {
        await using var own = await RegistryHost.StartAsync();
        foreach (var name in new[] { "c", "a", "b" }) await own.PostAsync("/v1/models", new { name }, HttpStatusCode.Created);

        var first = await own.GetAsync("/v1/models?limit=2");
        var second = await own.GetAsync($"/v1/models?limit=2&after={first["next"]}");

        Assert.Equal(["a", "b"], first["items"]!.AsArray().Select(item => item!["name"]!.GetValue<string>()));
        Assert.Equal(["c"], second["items"]!.AsArray().Select(item => item!["name"]!.GetValue<string>()));
        Assert.Null(second["next"]);
    }

    [Theory]
    [InlineData("limit=0")]
    [InlineData("limit=1001")]
    [InlineData("limit=-1")]
    [InlineData("limit=ten")]
    public async Task A_wrong_limit_is_refused(string query) =>
        await registry.Http.GetAsync($"/v1/models?{query}").ProblemAsync(HttpStatusCode.BadRequest, "request.invalid");

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");
}
