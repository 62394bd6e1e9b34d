using System.Text.Json;

namespace Platform.Contracts.Registry;

/// <summary>A version's answer to one reference row, one line of its JSON-lines artifact.</summary>
public sealed record ReferencePrediction
{
    /// <summary>Flat values by output tensor name, without the batch dimension.</summary>
    public IReadOnlyDictionary<string, JsonElement> Outputs { get; init; } = new Dictionary<string, JsonElement>();
}
