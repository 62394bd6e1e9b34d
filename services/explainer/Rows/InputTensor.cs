using System.Text.Json;
using Platform.Hosting.OpenApi;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.Rows;

/// <summary>An input tensor of an explanation request, in the form of the Open Inference Protocol v2.</summary>
internal sealed record InputTensor
{
    /// <summary>The model input's name.</summary>
    public required string Name { get; init; }

    /// <summary>Its datatype, as in the model's signature.</summary>
    [OneOf(typeof(Datatypes), nameof(Datatypes.All))]
    public required string Datatype { get; init; }

    /// <summary>Dimensions; the first is the number of rows.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>The elements, flat or nested, row-major; null stands for a missing number.</summary>
    [JsonShape(JsonShapeAttribute.Elements)]
    public required JsonElement Data { get; init; }

    /// <summary>Accepted as the protocol has it, and not used.</summary>
    [JsonShape(JsonShapeAttribute.ObjectOrNull)]
    public JsonElement? Parameters { get; init; }
}
