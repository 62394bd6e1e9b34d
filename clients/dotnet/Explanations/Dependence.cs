using System.Text.Json.Nodes;

namespace Platform.Client.Explanations;

/// <summary>How a version's answer follows features.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version's number.</param>
/// <param name="Kind">pdp, ice or ale.</param>
/// <param name="PredictionId">The prediction whose row is followed; null where reference rows are.</param>
/// <param name="OutputNames">A name for each number of a value.</param>
/// <param name="Curves">One for each feature.</param>
/// <param name="Rows">Reference rows that were looked at.</param>
/// <param name="Seed">The seed of every random choice.</param>
/// <param name="Sentences">Each curve in words.</param>
public sealed record Dependence(string Model, string Version, string Kind, string? PredictionId, IReadOnlyList<string> OutputNames,
    IReadOnlyList<FeatureCurve> Curves, int Rows, long Seed, IReadOnlyList<string> Sentences);

/// <summary>How the answer follows one feature. Of each point there is one number for each output.</summary>
/// <param name="Feature">The feature's name.</param>
/// <param name="Ordered">Whether its values are quantities; else they are names, in no order.</param>
/// <param name="Points">Its values: numbers, texts, names of categories.</param>
/// <param name="Values">The mean answer (pdp), or how much more or less than on average (ale); null for ice.</param>
/// <param name="StandardErrors">One standard error of each value; null where fewer than two rows tell.</param>
/// <param name="Low">Of pdp, what a tenth of the rows lies at or below.</param>
/// <param name="High">Of pdp, what a tenth of the rows lies at or above.</param>
/// <param name="Lines">Single rows; null for ale.</param>
public sealed record FeatureCurve(string Feature, bool Ordered, IReadOnlyList<JsonNode?> Points, IReadOnlyList<IReadOnlyList<double?>>? Values,
    IReadOnlyList<IReadOnlyList<double?>>? StandardErrors, IReadOnlyList<IReadOnlyList<double?>>? Low, IReadOnlyList<IReadOnlyList<double?>>? High,
    IReadOnlyList<RowCurve>? Lines);

/// <summary>What the model would answer to one row.</summary>
/// <param name="At">The value that the row has; null where it is missing.</param>
/// <param name="Values">For each point, one number for each output.</param>
public sealed record RowCurve(JsonNode? At, IReadOnlyList<IReadOnlyList<double?>> Values);
