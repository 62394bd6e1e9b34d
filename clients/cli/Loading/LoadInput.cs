using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Cli.Settings;
using Platform.Client.Tensors;

namespace Platform.Cli.Loading;

/// <summary>The request that is sent over and over.</summary>
internal static class LoadInput
{
    private const int Seed = 1;

    /// <summary>The tensors of a request in JSON, whose elements may lie in nested lists.</summary>
    /// <exception cref="UsageException">There are none.</exception>
    public static IReadOnlyList<Tensor> Read(JsonObject body, string file)
    {
        if (body["inputs"] is not JsonArray inputs || inputs.Count == 0) throw new UsageException($"{file} has no inputs, as a request of the Open Inference Protocol does");
        try
        {
            return [.. inputs.Select(input => TensorJson.Read(Flat(input!.AsObject())))];
        }
        catch (Exception exception) when (exception is InvalidOperationException or NullReferenceException or FormatException or ArgumentException or NotSupportedException or JsonException)
        {
            throw new UsageException($"{file} has an input that is no tensor with name, datatype, shape and data: {exception.Message}");
        }
    }

    /// <summary>Tensors for the inputs of a model, with numbers by chance, always the same.</summary>
    /// <param name="inputs">The inputs as the server describes them.</param>
    /// <param name="rows">The first dimension where it is free; other free ones are 1.</param>
    /// <exception cref="UsageException">One of them cannot be made.</exception>
    public static IReadOnlyList<Tensor> Make(IReadOnlyList<(string Name, string Datatype, IReadOnlyList<long> Shape)> inputs, int rows)
    {
        var random = new Random(Seed);
        return [.. inputs.Select(input => Make(input.Name, input.Datatype, [.. input.Shape.Select((size, at) => size >= 0 ? size : at == 0 ? rows : 1)], random))];
    }

    private static Tensor Make(string name, string datatype, long[] shape, Random random)
    {
        var count = shape.Aggregate(1L, (product, size) => checked(product * size));
        if (count > 64 << 20) throw new UsageException($"input '{name}' would have {count} elements; --body FILE gives a request of its own");
        return datatype switch
        {
            "FP16" => Of(_ => (Half)random.NextDouble()),
            "FP32" => Of(_ => random.NextSingle()),
            "FP64" => Of(_ => random.NextDouble()),
            "BOOL" => Of(_ => random.Next(2) == 1),
            "UINT8" => Of(_ => (byte)random.Next(2)),
            "UINT16" => Of(_ => (ushort)random.Next(2)),
            "UINT32" => Of(_ => (uint)random.Next(2)),
            "UINT64" => Of(_ => (ulong)random.Next(2)),
            "INT8" => Of(_ => (sbyte)random.Next(2)),
            "INT16" => Of(_ => (short)random.Next(2)),
            "INT32" => Of(_ => random.Next(2)),
            "INT64" => Of(_ => (long)random.Next(2)),
            "BYTES" => Tensor.OfTexts(name, [.. Enumerable.Repeat("a", (int)count)], shape),
            _ => throw new UsageException($"no input of {datatype} is made for '{name}'; --body FILE gives a request of its own"),
        };

        Tensor Of<T>(Func<int, T> next) where T : unmanaged => Tensor.Of<T>(name, [.. Enumerable.Range(0, (int)count).Select(next)], shape);
    }

    private static JsonObject Flat(JsonObject input)
    {
        var flat = input.DeepClone().AsObject();
        if (input["data"] is JsonArray data) flat["data"] = new JsonArray([.. Elements(data).Select(element => element?.DeepClone())]);
        return flat;
    }

    private static IEnumerable<JsonNode?> Elements(JsonArray data) => data.SelectMany(element => element is JsonArray inner ? Elements(inner) : [element]);
}
