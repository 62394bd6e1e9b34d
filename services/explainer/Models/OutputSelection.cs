using Platform.Contracts.Registry;
using Platform.Hosting.Errors;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using ModelSignature = Platform.Onnx.Sessions.ModelSignature;

namespace Platform.Explainer.Models;

/// <summary>Which numbers of a model's answer are explained.</summary>
/// <param name="Columns">Positions in the output's row.</param>
/// <param name="Names">A name for each.</param>
internal sealed record OutputSelection(int[] Columns, IReadOnlyList<string> Names)
{
    /// <summary>The most numbers that one explanation covers.</summary>
    public const int MaximumColumns = 100;

    /// <summary>
    /// The position of the output to explain: the one asked for, else the one that the metadata names, else the first of floating
    /// point (a classifier's labels are no scores), else the first that is numeric.
    /// </summary>
    public static Result<int> FindOutput(ModelSignature signature, VersionMetadata metadata, string? wanted)
    {
        var name = wanted ?? metadata.Output;
        if (IndexOf(signature, output => output.Name == name) is { } named)
            return CellReader.Supports(signature.Outputs[named].Datatype) ? named : ModelErrors.OutputNotNumeric(name!);
        if (wanted is not null)
            return ModelErrors.UnknownOutput(wanted, signature);

        var first = IndexOf(signature, output => output.Datatype.IsFloatingPoint() && CellReader.Supports(output.Datatype))
            ?? IndexOf(signature, output => CellReader.Supports(output.Datatype));
        return first is { } position ? position : ModelErrors.OutputNotNumeric(signature.Outputs[0].Name);
    }

    /// <summary>
    /// Whether the metadata's task and classes are of an output: the one that they name; where they name none the first one, or a classifier's scores behind
    /// its labels.
    /// </summary>
    public static bool IsPrediction(ModelSignature signature, VersionMetadata metadata, int output) =>
        IndexOf(signature, spec => spec.Name == metadata.Output) is { } named
            ? named == output
            : output == 0 || (FindOutput(signature, metadata, wanted: null).Succeeded(out var own, out _) && own == output);

    /// <summary>Chooses among the <paramref name="width"/> numbers of an output: the classes asked for, or all.</summary>
    public static Result<OutputSelection> Of(string output, int width, VersionMetadata metadata, IReadOnlyList<int>? classes)
    {
        int[] columns = classes is null ? [.. Enumerable.Range(0, width)] : [.. classes];
        if (Array.Exists(columns, column => column < 0 || column >= width))
            return ModelErrors.UnknownClass(output, width);
        if (columns.Length > MaximumColumns)
            return ModelErrors.TooManyClasses(columns.Length);
        return new OutputSelection(columns, [.. columns.Select(column => Name(output, width, column, metadata))]);
    }

    private static string Name(string output, int width, int column, VersionMetadata metadata) =>
        metadata.Classes is { } classes && classes.Count == width ? classes[column]
        : width == 1 ? output
        : $"{output}[{column}]";

    private static int? IndexOf(ModelSignature signature, Func<TensorSpec, bool> matches)
    {
        for (var i = 0; i < signature.Outputs.Count; i++)
        {
            if (matches(signature.Outputs[i]))
                return i;
        }

        return null;
    }
}
