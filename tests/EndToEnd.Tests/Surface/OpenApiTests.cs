using System.Text.Json.Nodes;
using Platform.EndToEnd.Tests.Running;

namespace Platform.EndToEnd.Tests.Surface;

/// <summary>The API's description is complete: a reader needs nothing else to call a route.</summary>
public abstract class OpenApiTests(RunningPlatform platform)
{
    private static readonly string[] Verbs = ["get", "put", "post", "delete", "patch"];

    [Fact]
    public async Task Every_operation_has_a_name_of_its_own_a_summary_and_a_success()
    {
        var operations = await OperationsAsync();
        Assert.True(operations.Count > 30, $"only {operations.Count} operations are described");
        Assert.All(operations, operation =>
        {
            Assert.False(string.IsNullOrEmpty((string?)operation.Body["summary"]), $"{operation.Name} has no summary");
            Assert.True(Responses(operation.Body).Any(response => response.Status.StartsWith('2')), $"{operation.Name} never succeeds");
            Assert.False(string.IsNullOrEmpty((string?)operation.Body["operationId"]), $"{operation.Name} has no operationId");
        });
        Assert.Equal(operations.Count, operations.Select(operation => (string?)operation.Body["operationId"]).Distinct().Count());
    }

    [Fact]
    public async Task Every_body_has_an_example()
    {
        var bodies = (await OperationsAsync()).Where(operation => operation.Body["requestBody"] is not null).ToList();
        Assert.NotEmpty(bodies);
        Assert.All(bodies, operation => Assert.All(
            operation.Body["requestBody"]!["content"]!.AsObject(), content => Assert.True(IsBinary(content.Value!) || HasExample(content.Value!), operation.Name)));
    }

    [Fact]
    public async Task Every_operation_that_can_refuse_says_how_with_an_example()
    {
        var refusing = (await OperationsAsync()).Where(operation => operation.Name.Contains('{') || operation.Body["requestBody"] is not null).ToList();
        Assert.NotEmpty(refusing);
        Assert.All(refusing, operation =>
        {
            var refusals = Responses(operation.Body).Where(response => response.Status.StartsWith('4')).ToList();
            Assert.True(refusals.Count > 0, $"{operation.Name} never refuses");
            Assert.All(refusals, refusal => Assert.All(
                refusal.Body["content"]!.AsObject(), content => Assert.True(HasExample(content.Value!), $"{operation.Name} {refusal.Status}")));
        });
    }

    [Fact]
    public async Task Every_answer_in_JSON_has_an_example()
    {
        Assert.All(await OperationsAsync(), operation =>
        {
            var successes = Responses(operation.Body).Where(response => response.Status.StartsWith('2') && response.Body["content"] is not null);
            Assert.All(successes, success => Assert.True(
                success.Body["content"]!["application/json"] is not { } json || HasExample(json), $"{operation.Name} {success.Status}"));
        });
    }

    private async Task<List<(string Name, JsonNode Body)>> OperationsAsync()
    {
        var document = await platform.Api.ReadAsync("/openapi/v1.json");
        return [.. document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Where(operation => Verbs.Contains(operation.Key))
            .Select(operation => ($"{operation.Key.ToUpperInvariant()} {path.Key}", operation.Value!)))];
    }

    private static IEnumerable<(string Status, JsonNode Body)> Responses(JsonNode operation) =>
        operation["responses"]!.AsObject().Select(response => (response.Key, response.Value!));

    private static bool IsBinary(JsonNode content) => (string?)content["schema"]?["format"] == "binary";

    private static bool HasExample(JsonNode content) => content["example"] is not null || content["examples"] is JsonObject { Count: > 0 };
}
