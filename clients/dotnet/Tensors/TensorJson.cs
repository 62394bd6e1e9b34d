using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Client.Tensors;

/// <summary>Tensors in JSON requests and answers.</summary>
internal static class TensorJson
{
    /// <summary>A tensor with its elements; NaN becomes null, and an infinity is refused here, as JSON has no number for it.</summary>
    public static JsonObject Write(Tensor tensor) => Head(tensor, ("data", Elements(tensor)));

    /// <summary>A tensor whose elements follow the JSON.</summary>
    public static JsonObject WriteHead(Tensor tensor) =>
        Head(tensor, ("parameters", new JsonObject { ["binary_data_size"] = tensor.Raw.Length }));

    /// <summary>A tensor of a JSON answer; null in a tensor of floating point is NaN.</summary>
    public static Tensor Read(JsonObject tensor)
    {
        var (name, datatype, shape) = Describe(tensor);
        var data = tensor["data"]!.AsArray();
        return datatype switch
        {
            "BOOL" => Of(data, value => value!.GetValue<bool>()),
            "UINT8" => Of(data, value => value!.GetValue<byte>()),
            "UINT16" => Of(data, value => value!.GetValue<ushort>()),
            "UINT32" => Of(data, value => value!.GetValue<uint>()),
            "UINT64" => Of(data, value => value!.GetValue<ulong>()),
            "INT8" => Of(data, value => value!.GetValue<sbyte>()),
            "INT16" => Of(data, value => value!.GetValue<short>()),
            "INT32" => Of(data, value => value!.GetValue<int>()),
            "INT64" => Of(data, value => value!.GetValue<long>()),
            "FP16" => Of(data, value => value is null ? Half.NaN : (Half)value.GetValue<double>()),
            "FP32" => Of(data, value => value?.GetValue<float>() ?? float.NaN),
            "FP64" => Of(data, value => value?.GetValue<double>() ?? double.NaN),
            Datatypes.Text => Tensor.OfTexts(name, [.. data.Select(value => value!.GetValue<string>())], shape),
            _ => throw new NotSupportedException($"Elements of {datatype} are read from binary answers only."),
        };

        Tensor Of<T>(JsonArray values, Func<JsonNode?, T> read) where T : unmanaged => Tensor.Of<T>(name, values.Select(read).ToArray(), shape);
    }

    /// <summary>What an answer says of a tensor.</summary>
    public static (string Name, string Datatype, long[] Shape) Describe(JsonObject tensor) => (
        tensor["name"]!.GetValue<string>(), tensor["datatype"]!.GetValue<string>(), [.. tensor["shape"]!.AsArray().Select(size => size!.GetValue<long>())]);

    private static JsonObject Head(Tensor tensor, (string Name, JsonNode Value) last) => new()
    {
        ["name"] = tensor.Name,
        ["datatype"] = tensor.Datatype,
        ["shape"] = new JsonArray([.. tensor.Shape.Select(size => (JsonNode)size)]),
        [last.Name] = last.Value,
    };

    private static JsonArray Elements(Tensor tensor) => tensor.Datatype switch
    {
        "BOOL" => Of<bool>(tensor, value => value),
        "UINT8" => Of<byte>(tensor, value => value),
        "UINT16" => Of<ushort>(tensor, value => value),
        "UINT32" => Of<uint>(tensor, value => value),
        "UINT64" => Of<ulong>(tensor, value => value),
        "INT8" => Of<sbyte>(tensor, value => value),
        "INT16" => Of<short>(tensor, value => value),
        "INT32" => Of<int>(tensor, value => value),
        "INT64" => Of<long>(tensor, value => value),
        "FP16" => Of<Half>(tensor, value => Number((double)value)),
        "FP32" => Of<float>(tensor, value => float.IsFinite(value) ? value : Number(value)),
        "FP64" => Of<double>(tensor, Number),
        Datatypes.Text => new JsonArray([.. tensor.Texts().Select(text => (JsonNode?)text)]),
        _ => throw new NotSupportedException($"Elements of {tensor.Datatype} have no form in JSON here."),
    };

    private static JsonArray Of<T>(Tensor tensor, Func<T, JsonNode?> write) where T : unmanaged
    {
        var elements = new JsonArray();
        foreach (var element in tensor.As<T>()) elements.Add(write(element));
        return elements;
    }

    private static JsonNode? Number(double value) => double.IsNaN(value) ? null : double.IsFinite(value)
        ? value
        : throw new JsonException("JSON has no number for an infinity; send the tensor in the protocol's binary form.");
}
