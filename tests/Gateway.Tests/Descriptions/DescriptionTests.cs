using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Gateway.Tests.Descriptions;

public sealed class DescriptionTests : IAsyncLifetime
{
    private Edge _edge = null!;

    public async Task InitializeAsync() => _edge = await Edge.StartAsync();

    public async Task DisposeAsync() => await _edge.DisposeAsync();

    [Fact]
    public async Task One_document_describes_the_routes_of_every_service_and_the_gateways_own()
    {
        var document = await ReadAsync(description => !description.Contains("not answer", StringComparison.Ordinal));
        Assert.Superset(
            new HashSet<string> { "/", "/health/ready", "/registry", "/inference", "/monitor", "/explainer" },
            document["paths"]!.AsObject().Select(path => path.Key).ToHashSet());
    }

    [Fact]
    public async Task A_service_that_is_away_is_named_and_the_others_are_described()
    {
        await _edge.StopAsync("Monitor");
        var document = await ReadAsync(description => description.EndsWith("did not answer yet: monitor.", StringComparison.Ordinal));
        Assert.DoesNotContain("/monitor", document["paths"]!.AsObject().Select(path => path.Key));
        Assert.Contains("/explainer", document["paths"]!.AsObject().Select(path => path.Key));
    }

    /// <summary>The document once its own description is as wanted: on a busy machine a service may be late, and is asked again.</summary>
    private Task<JsonNode> ReadAsync(Predicate<string> isAsWanted) => Eventually.ValueAsync(
        async () => await _edge.Http.GetAsync("/openapi/v1.json").JsonAsync() is var document
            && isAsWanted((string)document["info"]!["description"]!) ? document : null,
        "the document says which services it describes");
}
