using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Contracts.Registry;

namespace Platform.SampleDriver.Traffic;

/// <summary>One row to replay, as the line of JSON that it came in: <c>{"inputs":{"tensor":[…]},"label":…}</c>.</summary>
internal sealed record TrafficRow(string Line)
{
    /// <summary>The rows of a file, plain or compressed.</summary>
    public static async IAsyncEnumerable<TrafficRow> ReadAsync(string path, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        await using var content = path.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var reader = new StreamReader(content);
        while (await reader.ReadLineAsync(cancellationToken) is { } line)
            if (line.Length > 0) yield return new TrafficRow(line);
    }

    /// <summary>
    /// The v2 infer request for this row, and its true label where it has one. Throws <see cref="JsonException"/> where the row
    /// does not have the inputs of the signature.
    /// </summary>
    public (JsonObject Request, JsonNode? Label) Read(ModelSignature signature)
    {
        var row = JsonNode.Parse(Line)!;
        var tensors = signature.Inputs.Select(input => Tensor(input, row["inputs"]?[input.Name] as JsonArray
            ?? throw new JsonException($"The row has no values for the input '{input.Name}'.")));
        return (new JsonObject { ["inputs"] = new JsonArray([.. tensors]) }, row["label"]?.DeepClone());
    }

    private static JsonObject Tensor(TensorSignature input, JsonArray values) => new()
    {
        ["name"] = input.Name,
        ["datatype"] = input.Datatype,
        ["shape"] = new JsonArray([.. Shape(input, values.Count).Select(size => JsonValue.Create(size))]),
        ["data"] = values.DeepClone(),
    };

    /// <summary>The signature's shape with a batch of one; another free dimension takes what is left.</summary>
    private static IEnumerable<long> Shape(TensorSignature input, int values)
    {
        var known = input.Shape.Where(size => size > 0).Aggregate(1L, (product, size) => product * size);
        return input.Shape.Select((size, dimension) => size > 0 ? size : dimension == 0 ? 1 : values / known);
    }
}
