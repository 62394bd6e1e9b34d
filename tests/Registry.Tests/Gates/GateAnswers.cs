using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Registry.Tests.Gates;

/// <summary>What promotions and refusals say of gates.</summary>
internal static class GateAnswers
{
    public static async Task<JsonNode> RefusedAsync(this RegistryHost registry, string model, string version, object? more = null)
    {
        var problem = await registry.Http.PostAsJsonAsync($"/v1/models/{model}/promotions", more ?? new { version }).JsonAsync(HttpStatusCode.UnprocessableEntity);
        Assert.Equal("registry.gates_failed", (string?)problem["code"]);
        return problem;
    }

    public static JsonNode Gate(this JsonNode answer, string gate) => answer["gates"]!.AsArray().Single(item => (string?)item!["gate"] == gate)!;
}
