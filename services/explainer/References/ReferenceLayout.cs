using Platform.Explainer.Rows;
using Platform.Hosting.Errors;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.References;

/// <summary>How reference rows, flat values one input after the other, lie in a model's inputs.</summary>
internal static class ReferenceLayout
{
    /// <summary>The layout of rows of that many cells; refused where features are no cells, or where cells cannot be told apart.</summary>
    public static Result<RowLayout> Of(ModelSignature signature, int cells)
    {
        if (signature.Inputs.FirstOrDefault(input => input.Datatype == Datatype.BF16) is { } brain)
            return RowErrors.Unsupported($"Input '{brain.Name}' is BF16, which cannot be explained.");
        if (cells > InstanceReader.MaximumFeatures)
            return RowErrors.TooWide();
        var batched = signature.Inputs.All(input => input.Shape is [Shapes.Dynamic, ..]);
        var shapes = signature.Inputs.Select(input => input.Shape.Skip(batched ? 1 : 0).ToArray()).ToList();
        return Fill(shapes, cells) ? new RowLayout(Place(signature, shapes), batched) : RowErrors.Unsupported(
            "The model's inputs have more than one size that its reference rows leave open, so that their cells have no fixed places.");
    }

    /// <summary>Gives the one size that is free the number that makes the row that long; false where there are several, or none fits.</summary>
    private static bool Fill(List<long[]> shapes, int cells)
    {
        var free = shapes.Where(shape => shape.Contains(Shapes.Dynamic)).ToList();
        if (free.Count > 1 || (free.Count == 1 && free[0].Count(size => size == Shapes.Dynamic) > 1)) return false;
        if (free.Count == 1)
        {
            var place = Array.IndexOf(free[0], Shapes.Dynamic);
            free[0][place] = 1;
            var others = shapes.Where(shape => shape != free[0]).Sum(Size);
            free[0][place] = Size(free[0]) == 0 ? 0 : (cells - others) / Size(free[0]);
        }

        return shapes.Sum(Size) == cells;
    }

    private static List<InputBlock> Place(ModelSignature signature, List<long[]> shapes)
    {
        var (blocks, offset) = (new List<InputBlock>(), 0);
        for (var i = 0; i < shapes.Count; i++)
        {
            var size = (int)Size(shapes[i]);
            blocks.Add(new InputBlock(signature.Inputs[i].Name, signature.Inputs[i].Datatype, shapes[i], offset, size));
            offset += size;
        }

        return blocks;
    }

    private static long Size(long[] shape) => shape.Aggregate(1L, (product, size) => product * size);
}
