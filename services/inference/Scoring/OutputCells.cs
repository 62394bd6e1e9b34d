using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Hosting.Values;
using Platform.Inference.Models;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Scoring;

/// <summary>How the elements of an output lie in the columns of a result.</summary>
/// <param name="Output">The output's name.</param>
/// <param name="Names">One for each class, or the output's own.</param>
/// <param name="Datatype">The datatype of the cells; a text where a row has several elements without names, which are a JSON array then.</param>
internal sealed record OutputCells(string Output, IReadOnlyList<string> Names, string Datatype)
{
    public static IEnumerable<OutputCells> Of(LoadedVersion version)
    {
        var outputs = version.Schema.Outputs;
        TensorSignature[] signatures = [.. outputs.Select(output => new TensorSignature
        {
            Name = output.Name, Datatype = output.Datatype.Name(), Shape = [.. output.Shape],
        })];
        var decisive = OutputMeaning.OutputOf(version.Description.Metadata, signatures);
        return outputs.Select((output, at) => Of(output, signatures[at] == decisive ? new(version.Description.Metadata, decisive) : null, signatures[at]));
    }

    /// <summary>The cells of a row of the output, as its answer has them.</summary>
    public IEnumerable<JsonElement> Read(JsonElement answer)
    {
        if (Names.Count == 1) return [answer.ValueKind == JsonValueKind.Array && answer.GetArrayLength() == 1 ? answer[0] : answer];
        return answer.ValueKind == JsonValueKind.Array && answer.GetArrayLength() == Names.Count
            ? answer.EnumerateArray()
            : Enumerable.Repeat(default(JsonElement), Names.Count);
    }

    private static OutputCells Of(TensorSpec output, OutputMeaning? meaning, TensorSignature signature)
    {
        var width = WidthOf(output);
        var isScores = meaning is not null && meaning.KindOf(signature) is OutputKind.TwoScores or OutputKind.Scores;
        if (isScores && width > 1 && meaning!.Classes?.Count == width)
            return new(output.Name, [.. meaning.Classes.Select(name => $"{output.Name}_{name}")], output.Datatype.Name());
        return new(output.Name, [output.Name], width == 1 ? output.Datatype.Name() : Onnx.Tensors.Datatype.Bytes.Name());
    }

    /// <summary>Elements of a row; null where the shape does not tell.</summary>
    public static long? WidthOf(TensorSpec output)
    {
        if (output.Shape.Count == 0) return null;
        long[] row = [.. output.Shape.Skip(1)];
        return !row.Contains(Shapes.Dynamic) && Shapes.TryCount(row, out var width) ? width : null;
    }
}
