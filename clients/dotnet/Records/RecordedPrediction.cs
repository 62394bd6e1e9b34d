using System.Text.Json.Nodes;

namespace Platform.Client.Records;

/// <summary>Everything that is known under one prediction's id.</summary>
/// <param name="Id">The request's id; <c>id:row</c> of one of its rows.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version that answered or refused; empty where there was none.</param>
/// <param name="Route">Why that version: champion, challenger or shadow, another alias, or version.</param>
/// <param name="Status">succeeded, rejected, failed or cancelled.</param>
/// <param name="Error">Why it did not succeed; null where it did.</param>
/// <param name="Time">When the request came in.</param>
/// <param name="LatencyMs">From the request's first byte to the reply's last, in milliseconds.</param>
/// <param name="RequestId">The request's id in logs.</param>
/// <param name="TraceId">Its trace; null where it was not traced.</param>
/// <param name="RouteKey">The sticky key that the caller sent; null without one.</param>
/// <param name="RowCount">How many rows the request has, shown or not.</param>
/// <param name="Rows">The rows that the id names, of a whole request the first 100; empty unless it succeeded.</param>
/// <param name="Inputs">The input tensors as they were logged.</param>
/// <param name="Links">Where there is more: version, lineage, explanations, feedback.</param>
public sealed record RecordedPrediction(string Id, string Model, string Version, string Route, string Status, string? Error, DateTimeOffset Time, double LatencyMs,
    string RequestId, string? TraceId, string? RouteKey, int RowCount, IReadOnlyList<RecordedRow> Rows, IReadOnlyList<JsonObject> Inputs, JsonObject Links);

/// <summary>A row of a request, and what came of it.</summary>
/// <param name="PredictionId">For labels, feedback and explanations.</param>
/// <param name="Features">What was asked, by feature name; null where the version names no features, or a sample was logged.</param>
/// <param name="Class">The class; null unless the version classifies.</param>
/// <param name="Score">Of two classes the positive one's score, of several the highest; null without one.</param>
/// <param name="Value">The number that was predicted; null unless one was.</param>
/// <param name="Outputs">The row's elements of each output.</param>
/// <param name="Label">What turned out to be true; null while nobody has said so.</param>
/// <param name="Feedback">What people have said of it, the latest first.</param>
public sealed record RecordedRow(string PredictionId, JsonObject? Features, string? Class, double? Score, double? Value, JsonObject Outputs,
    RecordedLabel? Label, IReadOnlyList<RecordedFeedback> Feedback);

/// <summary>What turned out to be true.</summary>
/// <param name="Label">The class, or the number.</param>
/// <param name="At">When it became known.</param>
public sealed record RecordedLabel(string Label, DateTimeOffset At);
