using System.Text.Json;
using Platform.Hosting.Errors;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.Rows;

/// <summary>Checks given tensors against a model's signature and lays them out as rows.</summary>
internal static class InstanceReader
{
    /// <summary>The most rows that one request may have explained.</summary>
    public const int MaximumRows = 100;

    /// <summary>The most cells in a row, strings counted as one.</summary>
    public const int MaximumFeatures = 4096;

    public static Result<Instances> Read(ModelSignature signature, IReadOnlyList<GivenTensor> given, CellVocabulary vocabulary)
    {
        if (Mismatch(signature, given) is { } mismatch)
            return mismatch;

        var tensors = signature.Inputs.Select(input => given.Single(tensor => tensor.Name == input.Name)).ToList();
        var batched = signature.Inputs.All(input => input.Shape is [Shapes.Dynamic, ..]);
        var rows = batched ? tensors[0].Shape[0] : 1;
        if (batched && tensors.Exists(tensor => tensor.Shape[0] != rows))
            return RowErrors.Invalid("The inputs do not have the same number of rows.");
        if (rows is < 1 or > MaximumRows)
            return RowErrors.RowCount(rows);

        var layout = LayOut(signature, tensors, batched);
        if (layout is null)
            return RowErrors.TooWide();
        if (layout.Features == 0)
            return RowErrors.Invalid("The rows have no cells.");
        var optional = FixedInputs.Read(signature, given, vocabulary);
        if (!optional.Succeeded(out var fixedInputs, out var error))
            return error;
        var filled = Fill(layout, tensors, (int)rows, vocabulary);
        return filled.Succeeded(out var instances, out error) ? instances with { Fixed = fixedInputs } : error;
    }

    private static Error? Mismatch(ModelSignature signature, IReadOnlyList<GivenTensor> given)
    {
        foreach (var tensor in given)
        {
            if (signature.Inputs.Concat(signature.OptionalInputs).All(input => input.Name != tensor.Name))
                return RowErrors.Invalid($"The model has no input '{tensor.Name}'.");
            if (given.Count(other => other.Name == tensor.Name) > 1)
                return RowErrors.Invalid($"Input '{tensor.Name}' is given more than once.");
        }

        return signature.Inputs.Select(input => Mismatch(input, given)).FirstOrDefault(error => error is not null);
    }

    private static Error? Mismatch(TensorSpec input, IReadOnlyList<GivenTensor> given) =>
        given.FirstOrDefault(tensor => tensor.Name == input.Name) is { } tensor
            ? Mismatch(input, tensor)
            : RowErrors.Invalid($"Input '{input.Name}' is missing.");

    /// <summary>Why a tensor is not what the input takes, or null.</summary>
    public static Error? Mismatch(TensorSpec input, GivenTensor tensor)
    {
        if (tensor.Datatype != input.Datatype.Name())
            return RowErrors.Invalid($"Input '{input.Name}' is {input.Datatype.Name()}, not {tensor.Datatype}.");
        if (input.Datatype == Datatype.BF16)
            return RowErrors.Unsupported($"Input '{input.Name}' is BF16, which cannot be explained.");
        // An empty shape in the signature also stands for an unknown one, which only the runtime can judge.
        var fits = input.Shape.Count == 0 || Shapes.Fits([.. tensor.Shape], [.. input.Shape]);
        return fits && Shapes.TryCount([.. tensor.Shape], out _)
            ? null
            : RowErrors.Invalid(
                $"Input '{input.Name}' takes the shape {Shapes.Describe([.. input.Shape])}, not {Shapes.Describe([.. tensor.Shape])}.");
    }

    private static RowLayout? LayOut(ModelSignature signature, List<GivenTensor> tensors, bool batched)
    {
        var blocks = new List<InputBlock>(tensors.Count);
        var offset = 0;
        for (var i = 0; i < tensors.Count; i++)
        {
            long[] shape = [.. tensors[i].Shape.Skip(batched ? 1 : 0)];
            if (!Shapes.TryCount(shape, out var size) || size > MaximumFeatures - offset)
                return null;
            blocks.Add(new InputBlock(tensors[i].Name, signature.Inputs[i].Datatype, shape, offset, (int)size));
            offset += (int)size;
        }

        return new RowLayout(blocks, batched);
    }

    private static Result<Instances> Fill(RowLayout layout, List<GivenTensor> tensors, int rows, CellVocabulary vocabulary)
    {
        var cells = new double[rows * layout.Features];
        for (var i = 0; i < tensors.Count; i++)
        {
            if (Fill(cells, layout, layout.Blocks[i], tensors[i].Cells, rows, vocabulary) is { } error)
                return error;
        }

        return new Instances(layout, rows, cells, vocabulary);
    }

    /// <summary>Writes the elements of one input into its block of each row; answers what is wrong with them, or null.</summary>
    public static Error? Fill(
        double[] cells, RowLayout layout, InputBlock block, IEnumerable<JsonElement> elements, int rows, CellVocabulary vocabulary)
    {
        var expected = rows * block.Size;
        var count = 0;
        foreach (var element in elements)
        {
            if (count == expected)
                return RowErrors.Invalid($"Input '{block.Name}' has more than the {expected} elements of its shape.");
            if (Cells.Read(element, block.Datatype, vocabulary, out var cell) is { } problem)
                return RowErrors.Invalid($"Input '{block.Name}': {problem}.");
            var (row, column) = Math.DivRem(count++, block.Size);
            cells[(row * layout.Features) + block.Offset + column] = cell;
        }

        return count == expected
            ? null
            : RowErrors.Invalid($"Input '{block.Name}' has {count} elements, and its shape asks for {expected}.");
    }
}
