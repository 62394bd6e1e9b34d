using System.Text.Json;

namespace Platform.Contracts.Registry;

/// <summary>One row of a reference dataset, one line of its JSON-lines artifact.</summary>
public sealed record ReferenceRow
{
    /// <summary>
    /// Flat values by input tensor name, without the batch dimension. Categories are already indices where the tensor is
    /// numeric; booleans are true and false; a missing cell is null.
    /// </summary>
    public IReadOnlyDictionary<string, JsonElement> Inputs { get; init; } = new Dictionary<string, JsonElement>();

    /// <summary>The true label (class name or number); absent when the dataset has none.</summary>
    public JsonElement? Label { get; init; }
}
