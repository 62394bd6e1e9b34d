using System.Text.Json.Nodes;

namespace Platform.Client.Records;

/// <summary>A prediction that was searched for.</summary>
/// <param name="Id">The request's id.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Route">Why that version: champion, challenger or shadow, another alias, or version.</param>
/// <param name="Status">succeeded, rejected, failed or cancelled.</param>
/// <param name="Time">When the request came in.</param>
/// <param name="LatencyMs">In milliseconds.</param>
/// <param name="Matching">How many of its rows are wanted.</param>
/// <param name="Rows">The first ten of them.</param>
public sealed record FoundPrediction(string Id, string Model, string Version, string Route, string Status, DateTimeOffset Time, double LatencyMs,
    int Matching, IReadOnlyList<FoundRow> Rows);

/// <summary>A row that was searched for.</summary>
/// <param name="PredictionId">For labels, feedback and explanations.</param>
/// <param name="Features">What was asked, by feature name; null where the version names no features, or a sample was logged.</param>
/// <param name="Class">The class; null unless the version classifies.</param>
/// <param name="Score">Of two classes the positive one's score, of several the highest; null without one.</param>
/// <param name="Value">The number that was predicted; null unless one was.</param>
/// <param name="Label">What turned out to be true; null while nobody has said so.</param>
/// <param name="Verdict">How the latest feedback judges it; null without any.</param>
public sealed record FoundRow(string PredictionId, JsonObject? Features, string? Class, double? Score, double? Value, string? Label, string? Verdict);
