using System.Text.Json.Nodes;

namespace Platform.Integration.Tests.Tls;

internal static class Told
{
    /// <summary>Of settings with the same name the last.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> LastOf(IEnumerable<KeyValuePair<string, string?>> settings) =>
        [.. settings.Reverse().DistinctBy(setting => setting.Key)];

    /// <summary>All that readiness says, whether it is ready or not, with the characters as they are.</summary>
    public static async Task<string> ReadinessAsync(this HttpClient http)
    {
        using var answer = await http.GetAsync("/health/ready");
        var readiness = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return string.Join('\n', new[] { "waitingFor", "degraded" }.SelectMany(part => readiness[part]!.AsObject()).Select(item => $"{item.Key}: {item.Value}"));
    }
}
