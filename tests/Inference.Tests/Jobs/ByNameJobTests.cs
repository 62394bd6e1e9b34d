using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Jobs;

/// <summary>Jobs whose body is rows by feature name.</summary>
public sealed class ByNameJobTests : IAsyncLifetime
{
    private const string Rows = """{"rows":[{"a":1,"b":2,"c":3},{"c":0,"b":0,"a":5}]}""";

    private InferenceHost _host = null!;

    public async Task InitializeAsync() => _host = await InferenceHost.StartAsync(registry => registry.Deploy("m", "1", TinyModels.Linear(), metadata: new VersionMetadata
    {
        Task = "regression",
        Features = [new() { Name = "a" }, new() { Name = "b" }, new() { Name = "c" }],
    }));

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Its_result_has_the_form_of_the_body()
    {
        var id = await _host.Http.AcceptedAsync("m", Rows);

        var result = (await _host.Http.JobAsync(id, "succeeded"))["result"]!;

        Assert.Equal(("m", "1"), ((string?)result["model"], (string?)result["version"]));
        Assert.Equal([321, 5], result["rows"]!.AsArray().Select(row => (int?)row!["value"]));
        Assert.Equal([$"{id}:0", $"{id}:1"], result["rows"]!.AsArray().Select(row => (string?)row!["predictionId"]));
    }

    [Fact]
    public async Task What_is_wrong_is_told_before_it_is_accepted()
    {
        using var refused = await _host.Http.SubmitAsync("m", """{"rows":[{"a":1,"b":"x"}]}""");
        var problem = JsonNode.Parse(await refused.Content.ReadAsStringAsync())!;

        Assert.Equal((HttpStatusCode.UnprocessableEntity, "inference.rows_invalid"), (refused.StatusCode, (string?)problem["code"]));
        Assert.Equal(["rows[0].b", "rows[0].c"], problem["errors"]!.AsObject().Select(error => error.Key));
    }

    [Theory]
    [InlineData("""{"rows":[{"a":1,"b":2,"c":3}]}""", "succeeded", null)]
    [InlineData("""{"rows":[{"a":1,"b":2}]}""", "failed", "inference.rows_invalid")]
    public async Task It_may_come_as_a_message(string body, string state, string? code)
    {
        var id = $"message-{state}";
        await _host.Services.GetRequiredService<IBus>().Publish(new SubmitPrediction { JobId = id, Model = "m", Request = JsonElement.Parse(body) });

        await Eventually.TrueAsync(async () =>
        {
            using var known = await _host.Http.GetAsync($"/v1/jobs/{id}");
            return known.IsSuccessStatusCode;
        }, "the job is known");

        Assert.Equal(code, (string?)(await _host.Http.JobAsync(id, state))["error"]?["code"]);
    }
}
