using System.Text.Json.Nodes;

namespace Platform.Client.Models;

/// <summary>How a promotion takes its time: <c>docs/promotions.md</c> says what each does.</summary>
public static class Strategy
{
    /// <summary>At once, and the version before stays loaded for a while.</summary>
    public static JsonObject BlueGreen(double? keepWarmMinutes = null) => Of("blue_green", ("keepWarmMinutes", keepWarmMinutes));

    /// <summary>The version answers a share of the champion's requests, for the record alone.</summary>
    public static JsonObject Shadow(double? share = null) => Of("shadow", ("share", share));

    /// <summary>The version gets the share of each step in turn, as long as the guards hold.</summary>
    /// <param name="steps">The steps, the first first.</param>
    /// <param name="guards">What is watched.</param>
    /// <param name="confidence">All decisions together are right with this chance at least; 0.95 when absent.</param>
    /// <param name="onFailure">rollback, which is the default, or pause.</param>
    public static JsonObject Canary(IEnumerable<CanaryStep> steps, IEnumerable<Guard> guards, double? confidence = null, string? onFailure = null) => Of("canary",
        ("steps", new JsonArray([.. steps.Select(step => step.ToJson())])), ("guards", Json(guards)), ("confidence", confidence), ("onFailure", onFailure));

    /// <summary>Both versions keep their shares until a measure is decided.</summary>
    /// <param name="split">The share of each version, by its number.</param>
    /// <param name="measure">What is to improve, <c>outcomes.conversion</c> for example.</param>
    /// <param name="minimumEffect">By how much at least.</param>
    /// <param name="guards">What is watched meanwhile.</param>
    public static JsonObject Ab(IEnumerable<KeyValuePair<string, double>> split, string measure, double minimumEffect, IEnumerable<Guard>? guards = null) => Of("ab",
        ("split", new JsonArray([.. split.Select(part => new JsonObject { ["version"] = part.Key, ["weight"] = part.Value })])),
        ("primary", new JsonObject { ["measure"] = measure, ["minimumEffect"] = minimumEffect }), ("guards", guards is null ? null : Json(guards)));

    private static JsonArray Json(IEnumerable<Guard> guards) => new([.. guards.Select(guard => guard.ToJson())]);

    private static JsonObject Of(string kind, params ReadOnlySpan<(string Name, JsonNode? Value)> members) => GivenMembers.Of([("kind", kind), .. members]);
}

/// <summary>A step of a canary.</summary>
/// <param name="Weight">The share of requests that the version gets.</param>
/// <param name="MinimumSamples">Requests before it is decided.</param>
/// <param name="MinimumMinutes">Minutes before it is decided.</param>
public sealed record CanaryStep(double Weight, long? MinimumSamples = null, double? MinimumMinutes = null)
{
    internal JsonObject ToJson() => GivenMembers.Of(("weight", Weight), ("minimumSamples", MinimumSamples), ("minimumMinutes", MinimumMinutes));
}

/// <summary>What must not become worse: by a margin, or of latencies by a ratio.</summary>
/// <param name="Measure">errors.rate, performance.accuracy, latency.p50 to latency.p99.9, outcomes.NAME.</param>
/// <param name="Margin">By how much the version may be worse.</param>
/// <param name="Ratio">Of a latency, how many times the champion's it may be.</param>
public sealed record Guard(string Measure, double? Margin = null, double? Ratio = null)
{
    internal JsonObject ToJson() => GivenMembers.Of(("measure", Measure), ("margin", Margin), ("ratio", Ratio));
}
