using System.Net;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts;
using Platform.Contracts.Registry;
using Platform.Explainer.Versions;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Explainer.Tests.Versions;

public sealed class VersionTests
{
    private const string Body = """{"inputs":[{"name":"x","datatype":"FP32","shape":[1,3],"data":[1,2,3]}],"background":[[0,0,0]]}""";

    [Fact]
    public async Task What_serves_is_explained_while_the_registry_is_away()
    {
        var registry = await StubRegistry.StartAsync();
        registry.Add("linear", TinyModels.Linear().ToArray());
        await using var explainer = await ExplainerHost.StartAsync(registry);
        var watcher = explainer.Host.App.Services.GetRequiredService<DeploymentWatcher>();
        await watcher.FirstPass.PatientlyAsync();
        await explainer.ExplainAsync("linear", Body);

        await registry.StopAsync();

        await explainer.ExplainAsync("linear", Body);
        await explainer.PostAsync("other", Body).ProblemAsync(HttpStatusCode.ServiceUnavailable, "explainer.registry_unavailable");
    }

    public static TheoryData<IEvent> Changes =>
    [
        new ModelPromoted { Model = "linear", Version = "1", Alias = "champion" }, new ModelRolledBack { Model = "linear" },
        new AliasChanged { Model = "linear" }, new RolloutStepped { Model = "linear" },
    ];

    [Theory, MemberData(nameof(Changes))]
    public async Task Whatever_changes_what_serves_makes_the_explainer_look_at_the_registry_again(IEvent change)
    {
        await using var explainer = await ExplainerHost.StartAsync(("Registry:ReconcileInterval", "01:00:00"));
        var watcher = explainer.Host.App.Services.GetRequiredService<DeploymentWatcher>();
        await watcher.FirstPass.PatientlyAsync();
        Assert.Null(watcher.Find("linear", "champion"));

        explainer.Registry.Add("linear", TinyModels.Linear().ToArray());
        await explainer.Host.App.Services.GetRequiredService<IBus>().Publish(change, change.GetType());

        await Eventually.TrueAsync(() => watcher.Find("linear", "champion")?.Version == "1", "the snapshot was read again");
    }

    [Fact]
    public async Task The_service_is_ready_once_it_has_seen_what_serves()
    {
        await using var explainer = await ExplainerHost.StartAsync();

        await Eventually.TrueAsync(
            async () => (await explainer.Http.GetAsync("/health/ready")).IsSuccessStatusCode, "the service is ready");
    }

    [Fact]
    public async Task The_service_starts_without_a_registry_and_says_what_it_waits_for()
    {
        await using var explainer = await ExplainerHost.StartAsync(("Registry:Address", $"http://127.0.0.1:{Ports.Free()}"));

        var readiness = await explainer.Http.GetAsync("/health/ready").JsonAsync(HttpStatusCode.ServiceUnavailable);

        Assert.Equal("the registry's first snapshot", readiness["waitingFor"]!["explainer"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_routes_are_described_with_examples_and_errors()
    {
        await using var explainer = await ExplainerHost.StartAsync();

        var document = await explainer.Http.GetAsync("/openapi/v1.json").JsonAsync();

        var create = document["paths"]!["/v1/models/{model}/explanations"]!["post"]!;
        Assert.NotNull(create["requestBody"]!["content"]!["application/json"]!["example"]!["inputs"]);
        Assert.NotNull(create["responses"]!["422"]!["content"]!["application/problem+json"]!["examples"]!["explainer.no_background"]);
        var get = document["paths"]!["/v1/explanations/{id}"]!["get"]!;
        Assert.NotNull(get["responses"]!["202"]);
        Assert.All(new[] { create, get }, route => Assert.Equal(
            ["application/json", "image/svg+xml", "text/html"], route["responses"]!["200"]!["content"]!.AsObject().Select(form => form.Key).Order(StringComparer.Ordinal)));
        Assert.Contains(get["parameters"]!.AsArray(), parameter => (string?)parameter!["name"] == "picture" && parameter["schema"]!["enum"]!.AsArray().Count == 7);
    }
}
