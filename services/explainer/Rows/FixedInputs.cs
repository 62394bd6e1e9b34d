using Platform.Hosting.Errors;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.Rows;

/// <summary>Reads the optional inputs among given tensors. They are held as they are while the rows' cells are varied.</summary>
internal static class FixedInputs
{
    public static Result<IReadOnlyList<FixedInput>> Read(ModelSignature signature, IReadOnlyList<GivenTensor> given, CellVocabulary vocabulary)
    {
        var read = new List<FixedInput>();
        foreach (var input in signature.OptionalInputs)
        {
            if (given.FirstOrDefault(tensor => tensor.Name == input.Name) is not { } tensor)
                continue;
            if (!Read(input, tensor, vocabulary).Succeeded(out var found, out var error))
                return error;
            read.Add(found);
        }

        return read;
    }

    private static Result<FixedInput> Read(TensorSpec input, GivenTensor tensor, CellVocabulary vocabulary)
    {
        if (InstanceReader.Mismatch(input, tensor) is { } mismatch)
            return mismatch;
        if (input.Shape is [Shapes.Dynamic, ..])
            return RowErrors.Unsupported($"The optional input '{input.Name}' may have a value for each row; only one that is the same for all can be explained beside.");
        if (!Shapes.TryCount([.. tensor.Shape], out var size) || size > InstanceReader.MaximumFeatures)
            return RowErrors.TooWide();

        var block = new InputBlock(input.Name, input.Datatype, [.. tensor.Shape], Offset: 0, (int)size);
        var cells = new double[size];
        return InstanceReader.Fill(cells, new RowLayout([block], Batched: false), block, tensor.Cells, rows: 1, vocabulary) is { } error
            ? error
            : new FixedInput(block, cells);
    }
}
