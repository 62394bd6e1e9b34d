using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Explanations;

/// <summary>An explanation as it is answered and stored.</summary>
internal sealed record Explanation
{
    /// <summary>Under which it can be read again.</summary>
    public string Id { get; init; } = "";

    /// <summary>The method that was used; for auto, the one that was chosen.</summary>
    [OneOf(typeof(ExplanationMethods), nameof(ExplanationMethods.Names))]
    public string Method { get; init; } = "";

    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number.</summary>
    public string Version { get; init; } = "";

    /// <summary>The explained prediction; null when inputs were given.</summary>
    public string? PredictionId { get; init; }

    /// <summary>The output tensor that is explained.</summary>
    public string Output { get; init; } = "";

    /// <summary>
    /// A name for each attribution of a row. For a text, its segments; empty for several texts, as each row names its own.
    /// </summary>
    public IReadOnlyList<string> Features { get; init; } = [];

    /// <summary>A name for each number of an attribution.</summary>
    public IReadOnlyList<string> OutputNames { get; init; } = [];

    /// <summary>One explanation a row, in the order of the inputs.</summary>
    public IReadOnlyList<ExplanationRow> Rows { get; init; } = [];

    /// <summary>
    /// Each row in one or two sentences: what the model answers, what moved it most, and how sure that is. Of several outputs they tell the one with
    /// the largest prediction. They are told when they are read, in the reader's language.
    /// </summary>
    public IReadOnlyList<string> Sentences { get; init; } = [];

    /// <summary>
    /// The dimensions of a row where a single input has more than one, for example 1, 28, 28: the features lie in them in row-major order. Null otherwise.
    /// </summary>
    public IReadOnlyList<long>? Shape { get; init; }

    /// <summary>What the rows were compared with.</summary>
    public BackgroundDescription Background { get; init; } = new();

    /// <summary>Rows that the model answered, the background's included.</summary>
    public long Evaluations { get; init; }

    /// <summary>The seed of every random choice.</summary>
    public long Seed { get; init; }

    /// <summary>Time spent computing, in milliseconds.</summary>
    public long DurationMs { get; init; }
}
