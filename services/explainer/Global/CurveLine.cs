using System.Text.Json;
using Platform.Hosting.OpenApi;

namespace Platform.Explainer.Global;

/// <summary>What the model would answer to one row.</summary>
/// <param name="At">The value that the row has; null where it is missing.</param>
/// <param name="Values">For each point, one number per output.</param>
internal sealed record CurveLine([property: JsonShape("{}")] JsonElement At, IReadOnlyList<double[]> Values);
