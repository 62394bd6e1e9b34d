using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Platform.Hosting;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Registry.Tests.MLflow;

/// <summary>
/// What the client of MLflow 3.10 sent in a session, and what it was answered: tests/golden/mlflow/session.json. What is new each time stands there as
/// <c>&lt;id:7&gt;</c> and is learned from the first answer that has it; <c>&lt;time&gt;</c> is any time,
/// <c>&lt;number&gt;</c> any number, <c>&lt;name&gt;</c> any text.
/// </summary>
internal sealed partial class RecordedSession(HttpClient http)
{
    private readonly Dictionary<string, string> _known = new() { ["<host>"] = http.BaseAddress!.GetLeftPart(UriPartial.Authority) };

    public static IReadOnlyList<JsonNode> Exchanges { get; } =
        [.. JsonNode.Parse(File.ReadAllText(Repository.PathOf("tests", "golden", "mlflow", "session.json")))!.AsArray().Select(exchange => exchange!)];

    /// <summary>Sends a request of the session again; answers what is not as it was.</summary>
    public async Task<string?> RepeatAsync(JsonNode exchange)
    {
        using var request = new HttpRequestMessage(new HttpMethod((string)exchange["method"]!), Fill((string)exchange["path"]!));
        if (exchange["body"] is { } body) request.Content = ContentOf(body);
        using var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        if ((int)response.StatusCode != (int)exchange["status"]!) return $"{(int)response.StatusCode} instead of {exchange["status"]}: {text}";
        if (exchange["etag"] is { } etag) Match((string)etag!, response.Headers.ETag?.Tag ?? "");
        return exchange["answer"] switch
        {
            null => null,
            JsonValue plain => Compare(plain, JsonValue.Create(text), "$"),
            var expected => Compare(expected, JsonNode.Parse(text), "$"),
        };
    }

    private HttpContent ContentOf(JsonNode body) => body switch
    {
        JsonObject { Count: 1 } file when (int?)file["bytes"] is { } length => new ByteArrayContent(new byte[length]),
        JsonObject { Count: 1 } file when (string?)file["model"] is "onnx" => new ByteArrayContent(TinyModels.Linear().ToArray()),
        JsonObject { Count: 1 } file when (string?)file["text"] is { } text => new StringContent(text),
        _ => new StringContent(Fill(body.ToJsonString(PlatformJson.Tolerant)), System.Text.Encoding.UTF8, "application/json"),
    };

    private string Fill(string text) => Placeholder().Replace(text, match => _known.GetValueOrDefault(match.Value, match.Value));

    private string? Compare(JsonNode? expected, JsonNode? actual, string path) => (expected, actual) switch
    {
        (JsonObject one, JsonObject other) => CompareMembers(one, other, path),
        (JsonArray one, JsonArray other) when one.Count == other.Count =>
            one.Zip(other).Select((pair, index) => Compare(pair.First, pair.Second, $"{path}[{index}]")).FirstOrDefault(difference => difference is not null),
        (JsonValue one, JsonValue other) when one.TryGetValue<string>(out var text) => Match(text, other.ToString()) ? null : $"{path}: '{other}' instead of '{text}'",
        _ => JsonNode.DeepEquals(expected, actual) ? null : $"{path}: {actual?.ToJsonString()} instead of {expected?.ToJsonString()}",
    };

    private string? CompareMembers(JsonObject expected, JsonObject actual, string path)
    {
        if (!expected.Select(member => member.Key).Order().SequenceEqual(actual.Select(member => member.Key).Order()))
            return $"{path}: has {string.Join(", ", actual.Select(member => member.Key))} instead of {string.Join(", ", expected.Select(member => member.Key))}";
        return expected.Select(member => Compare(member.Value, actual[member.Key], $"{path}.{member.Key}")).FirstOrDefault(difference => difference is not null);
    }

    /// <summary>Whether a text is as expected; learns what stands for the placeholders that are new.</summary>
    private bool Match(string expected, string actual)
    {
        var groups = new Dictionary<string, string>();
        var pattern = Placeholder().Replace(Regex.Escape(Fill(expected)).Replace("\\<", "<").Replace("\\>", ">"), match => match.Value switch
        {
            "<time>" => @"\d{13}",
            "<number>" => @"\d+",
            "<name>" => ".+",
            _ when groups.TryGetValue(match.Value, out var group) => $@"\k<{group}>",
            _ => $"(?<{groups[match.Value] = $"g{groups.Count}"}>[0-9a-f-]+)",
        });
        var found = Regex.Match(actual, $@"^{pattern}\z", RegexOptions.Singleline);
        if (!found.Success) return false;
        foreach (var (placeholder, group) in groups) _known[placeholder] = found.Groups[group].Value;
        return true;
    }

    [GeneratedRegex("<(id:[0-9]+|time|number|name|host)>")]
    private static partial Regex Placeholder();
}
