using System.Text.Json;
using Platform.Contracts.Inference;
using Platform.Hosting.OpenApi;
using Platform.Monitor.Feedback;

namespace Platform.Monitor.Inspection;

/// <summary>Everything that is known under one prediction id.</summary>
internal sealed record PredictionAnswer
{
    /// <summary>The request's id; of one of several rows id:row.</summary>
    public string Id { get; init; } = "";

    public string Model { get; init; } = "";

    /// <summary>The version that answered or refused; empty where there was none.</summary>
    public string Version { get; init; } = "";

    /// <summary>Why that version: champion, challenger or shadow, another alias, or version when the address named it.</summary>
    public string Route { get; init; } = "";

    /// <summary>succeeded, rejected (bad request, full queue), failed (the model failed) or cancelled (the caller left).</summary>
    public string Status { get; init; } = "";

    /// <summary>Why it did not succeed; null where it did.</summary>
    public string? Error { get; init; }

    /// <summary>When the request came in.</summary>
    public DateTimeOffset Time { get; init; }

    /// <summary>From the request's first byte to the reply's last, in milliseconds.</summary>
    public double LatencyMs { get; init; }

    /// <summary>Where the time went.</summary>
    public PredictionTimings Timings { get; init; } = new();

    public string RequestId { get; init; } = "";

    /// <summary>The W3C trace id; null when the request was not traced.</summary>
    public string? TraceId { get; init; }

    /// <summary>The caller's sticky key (x-route-key); null when none was sent.</summary>
    public string? RouteKey { get; init; }

    /// <summary>How many rows the request has, shown or not.</summary>
    public int RowCount { get; init; }

    /// <summary>The rows that the id names, in the request's order: of a whole request the first 100. Empty unless the prediction succeeded.</summary>
    public IReadOnlyList<RowAnswer> Rows { get; init; } = [];

    /// <summary>The request's input tensors, all rows of them, as the prediction log holds them.</summary>
    public IReadOnlyList<TensorAnswer> Inputs { get; init; } = [];

    /// <summary>The features that the log does not show in the clear: dropped ones are null, hashed ones hashes.</summary>
    public IReadOnlyList<HiddenFeature> Hidden { get; init; } = [];

    public PredictionLinks Links { get; init; } = new("", "", "", "");
}

/// <summary>A row of a request, and what came of it.</summary>
internal sealed record RowAnswer
{
    /// <summary>The row's id: for labels, feedback and explanations.</summary>
    public string PredictionId { get; init; } = "";

    /// <summary>What was asked, by feature name, categories by their names; null where the version names no features, or the log holds a sample.</summary>
    [JsonShape(JsonShapeAttribute.ObjectOrNull)]
    public IReadOnlyDictionary<string, JsonElement>? Features { get; init; }

    /// <summary>The class that the version decided for; null unless it classifies.</summary>
    public string? Class { get; init; }

    /// <summary>Of two classes the positive one's score, of several the highest; null where the version gives none.</summary>
    public double? Score { get; init; }

    /// <summary>The number that it predicts; null unless it predicts one.</summary>
    public double? Value { get; init; }

    /// <summary>The row's elements of each output.</summary>
    [JsonShape(JsonShapeAttribute.Object)]
    public IReadOnlyDictionary<string, IReadOnlyList<JsonElement>> Outputs { get; init; } = new Dictionary<string, IReadOnlyList<JsonElement>>();

    /// <summary>What turned out to be true; null while nobody has said so, and once the row is too old to be labelled.</summary>
    public LabelAnswer? Label { get; init; }

    /// <summary>What people have said of it, the latest first.</summary>
    public IReadOnlyList<PredictionFeedback> Feedback { get; init; } = [];
}

/// <summary>A feature that the log does not show in the clear.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="As">drop (logged as null) or hash (logged as a keyed hash).</param>
internal sealed record HiddenFeature(string Feature, string As);

/// <summary>What turned out to be true.</summary>
/// <param name="Label">The class, or the number.</param>
/// <param name="At">When it became known.</param>
internal sealed record LabelAnswer(string Label, DateTimeOffset At);

/// <summary>A tensor as the prediction log holds it.</summary>
/// <param name="Name">The tensor's name.</param>
/// <param name="Datatype">Open Inference Protocol v2 datatype.</param>
/// <param name="Shape">Actual dimensions, those of rows first.</param>
/// <param name="Data">The elements, flat and row-major: every <paramref name="Stride"/>-th.</param>
/// <param name="Stride">1 when all are there.</param>
internal sealed record TensorAnswer(
    string Name, string Datatype, IReadOnlyList<long> Shape, [property: JsonShape(JsonShapeAttribute.Elements)] JsonElement Data, int Stride)
{
    public static TensorAnswer Of(LoggedTensor tensor) => new(tensor.Name, tensor.Datatype, tensor.Shape, tensor.Data, tensor.Stride);
}

/// <summary>Where there is more.</summary>
/// <param name="Version">The version, with its metadata; null where there was none.</param>
/// <param name="Lineage">Where the version comes from; null where there was none.</param>
/// <param name="Explanations">Where an explanation is asked for, with <c>{"predictionId":…}</c>.</param>
/// <param name="Feedback">Where feedback goes.</param>
internal sealed record PredictionLinks(string? Version, string? Lineage, string Explanations, string Feedback);
