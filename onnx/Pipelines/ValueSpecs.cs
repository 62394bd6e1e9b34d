using System.Diagnostics.CodeAnalysis;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Pipelines;

/// <summary>The types and shapes of a pipeline's values.</summary>
/// <param name="document">The pipeline.</param>
/// <param name="signatures">What each step's version takes and gives; null where nobody knows.</param>
internal sealed class ValueSpecs(PipelineDocument document, IReadOnlyList<ModelSignature?> signatures)
{
    // The rows of all inputs are the same rows.
    private const string Rows = "batch";

    /// <summary>An input of the pipeline; null where its type is none.</summary>
    public static TensorSpec? Of(PipelineTensor input) =>
        Datatypes.TryParse(input.Datatype, out var datatype) ? new TensorSpec(input.Name, datatype, input.Shape, Symbols(input.Shape)) : null;

    /// <summary>The value; false, with the reason where it is one to tell, where there is none.</summary>
    public bool TryFind(ValueName name, [NotNullWhen(true)] out TensorSpec? spec, out string? problem)
    {
        (spec, problem) = name.Step switch
        {
            ValueName.Input => FindInput(name),
            ValueName.Combine => (null, "only an output takes what is combined."),
            _ => FindOutput(name),
        };
        return spec is not null;
    }

    /// <summary>What alternatives have in common: the first one's type, free where their sizes differ. Null where a value is unknown.</summary>
    public TensorSpec? Common(IEnumerable<ValueName> names, string name)
    {
        var specs = names.Select(each => TryFind(each, out var spec, out _) ? spec : null).ToList();
        if (specs.Count == 0 || specs.Any(spec => spec is null)) return null;
        var shape = specs.Select(spec => spec!.Shape).Aggregate((common, next) => common.Count != next.Count
            ? [] : [.. common.Zip(next, (one, other) => one == other ? one : Shapes.Dynamic)]);
        return new TensorSpec(name, specs[0]!.Datatype, shape, Symbols(shape));
    }

    /// <summary>Whether the alternatives may stand for one another; the reason where they may not.</summary>
    public string? Differ(IReadOnlyList<ValueName> names)
    {
        if (!TryFind(names[0], out var first, out _)) return null;
        foreach (var name in names.Skip(1))
        {
            if (!TryFind(name, out var other, out _)) continue;
            if (other.Datatype != first.Datatype) return $"'{names[0]}' is {first.Datatype.Name()}, but '{name}' is {other.Datatype.Name()}.";
            if (!Fits(other.Shape, first.Shape) || !Fits(first.Shape, other.Shape))
                return $"'{names[0]}' has the shape {Describe(first)}, but '{name}' {Describe(other)}.";
        }

        return null;
    }

    /// <summary>Whether a value of one shape can be one of another: sizes that are given are the same, and rows stay rows.</summary>
    public static bool Fits(IReadOnlyList<long> value, IReadOnlyList<long> wanted)
    {
        if (value.Count == 0 || wanted.Count == 0) return true; // a scalar, or of a rank that the file does not give
        if (value.Count != wanted.Count || (value[0] == Shapes.Dynamic && wanted[0] != Shapes.Dynamic)) return false;
        return value.Zip(wanted).All(pair => pair.First == pair.Second || pair.First == Shapes.Dynamic || pair.Second == Shapes.Dynamic);
    }

    public static string Describe(TensorSpec spec) => Shapes.Describe([.. spec.Shape]);

    public static bool HasRows(TensorSpec spec) => spec.Shape.Count > 0 && spec.Shape[0] == Shapes.Dynamic;

    private (TensorSpec?, string?) FindInput(ValueName name) => document.Inputs.FirstOrDefault(input => input.Name == name.Tensor) is { } input
        ? (Of(input), null)
        : (null, $"the pipeline has no input '{name.Tensor}'; it has {Names(document.Inputs.Select(each => each.Name))}.");

    private (TensorSpec?, string?) FindOutput(ValueName name)
    {
        var at = document.Steps.ToList().FindIndex(step => step.Name == name.Step);
        if (at < 0) return (null, $"there is no step '{name.Step}'; the steps are {Names(document.Steps.Select(step => step.Name))}.");
        if (signatures[at] is not { } signature) return (null, null);
        return signature.Outputs.FirstOrDefault(output => output.Name == name.Tensor) is { } output
            ? (output, null)
            : (null, $"{document.Steps[at].Model} version {document.Steps[at].Version} has no output '{name.Tensor}'; it has {Names(signature.Outputs.Select(each => each.Name))}.");
    }

    public static string Names(IEnumerable<string> names) => string.Join(", ", names.Select(name => $"'{name}'"));

    private static IReadOnlyList<string> Symbols(IReadOnlyList<long> shape) =>
        [.. shape.Select((size, dimension) => dimension == 0 && size == Shapes.Dynamic ? Rows : "")];
}
