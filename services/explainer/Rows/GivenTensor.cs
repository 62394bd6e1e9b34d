using System.Text.Json;
using Platform.Contracts.Inference;

namespace Platform.Explainer.Rows;

/// <summary>An input tensor as it came, from a request or from the prediction log, not yet checked against the model.</summary>
/// <param name="Name">The input's name.</param>
/// <param name="Datatype">The datatype it claims.</param>
/// <param name="Shape">The shape it claims.</param>
/// <param name="Cells">The elements in row-major order.</param>
internal sealed record GivenTensor(string Name, string Datatype, IReadOnlyList<long> Shape, IEnumerable<JsonElement> Cells)
{
    public static GivenTensor From(InputTensor tensor) => new(tensor.Name, tensor.Datatype, tensor.Shape, Flatten(tensor.Data));

    public static GivenTensor From(LoggedTensor tensor) => new(tensor.Name, tensor.Datatype, tensor.Shape, Flatten(tensor.Data));

    /// <summary>The tensor of a single row; the first dimension counts the rows.</summary>
    public GivenTensor Row(int row)
    {
        var size = Shape.Skip(1).Aggregate(1L, (product, dimension) => product * dimension);
        return this with { Shape = [1, .. Shape.Skip(1)], Cells = Cells.Skip((int)(row * size)).Take((int)size) };
    }

    /// <summary>The protocol allows nested arrays as well as flat ones; their leaves in order are the elements.</summary>
    public static IEnumerable<JsonElement> Flatten(JsonElement data) => data.ValueKind == JsonValueKind.Array
        ? data.EnumerateArray().SelectMany(Flatten)
        : [data];
}
