using System.Collections.Concurrent;
using System.Text.Json.Nodes;

namespace Platform.Registry.Tests.Fuzzing;

/// <summary>How uploads and promotions were answered.</summary>
internal sealed class FuzzTally
{
    private readonly ConcurrentDictionary<string, int> _answers = [];

    /// <summary>Answers that no file may provoke, each with its seed.</summary>
    public ConcurrentBag<string> Faults { get; } = [];

    /// <summary>Kinds of answers, the most frequent first, and every death of a process.</summary>
    public IEnumerable<string> Lines => _answers.OrderByDescending(answer => answer.Value).Select(answer => $"{answer.Value} {answer.Key}");

    public async Task CountAsync(string route, string what, HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var body = await response.Content.ReadAsStringAsync();
        var code = status >= 400 ? JsonNode.Parse(body)?["code"]?.GetValue<string>() : null;
        Count($"{route} {status} {code}");
        if (status is not (200 or 201 or (>= 400 and < 500 and not 429))) Faults.Add($"{what}: {route} was answered by {status} {body}");
        foreach (var end in new[] { "was ended by signal", "ended with exit code", "took longer than", "needed more than", "of processor time" })
            if (body.Contains(end, StringComparison.Ordinal)) Count($"{route}: {end} {what}");
    }

    private void Count(string answer) => _answers.AddOrUpdate(answer, 1, (_, count) => count + 1);
}
