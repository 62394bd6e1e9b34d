using System.Numerics;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Pipelines;

/// <summary>Makes one value of several, row by row, of those that have the row.</summary>
internal sealed class Combiner(OutputPlan plan, PipelineValues values)
{
    private readonly List<(TensorBuffer Tensor, int Row, double Weight)> _parts = [];

    /// <summary>Fills the output.</summary>
    /// <exception cref="InvalidDataException">No value has one of the rows, or rows have different shapes.</exception>
    public void Fill(TensorBuffer target)
    {
        for (var row = 0; row < values.Rows; row++)
        {
            FindParts(row);
            if (row == 0) RowCopy.Begin(target, _parts[0].Tensor, values.Rows);
            foreach (var (tensor, _, _) in _parts) Check(tensor, target);
            if (plan.Combination!.Kind == PipelineCombination.Vote) Vote(target, row);
            else if (target.Datatype == Datatype.FP32) Mean<float>(target, row);
            else Mean<double>(target, row);
        }
    }

    private void FindParts(int row)
    {
        _parts.Clear();
        for (var i = 0; i < plan.Values.Length; i++)
            if (values.TryLocate(plan.Values[i], row, out var tensor, out var at)) _parts.Add((tensor, at, plan.Combination!.Weights?[i] ?? 1));
        if (_parts.Count == 0) throw new InvalidDataException($"Row {row}: nothing is there to combine for '{plan.Name}'. {values.Explain(plan.Values)}");
        if (_parts.TrueForAll(part => part.Weight == 0))
            throw new InvalidDataException($"Row {row}: what is there to combine for '{plan.Name}' has no weight. {values.Explain(plan.Values)}");
    }

    private static void Check(TensorBuffer tensor, TensorBuffer target)
    {
        if (tensor.Datatype != target.Datatype || !tensor.Shape[1..].SequenceEqual(target.Shape[1..]))
            throw new InvalidDataException($"Values of the shapes {Shapes.Describe(tensor.Shape[1..])} and {Shapes.Describe(target.Shape[1..])} cannot be combined.");
    }

    private void Mean<T>(TensorBuffer target, int row) where T : unmanaged, IFloatingPointIeee754<T>
    {
        // Against the largest weight, so that large ones make no infinity of finite values.
        var (width, largest, whole) = (RowCopy.Width(target), 0.0, 0.0);
        foreach (var part in _parts) largest = Math.Max(largest, part.Weight);
        foreach (var part in _parts) whole += part.Weight / largest;
        var answer = target.AsSpan<T>().Slice(row * width, width);
        for (var i = 0; i < width; i++)
        {
            var sum = 0.0;
            foreach (var (tensor, at, weight) in _parts)
                if (weight > 0) sum += weight / largest * double.CreateTruncating(tensor.AsSpan<T>()[at * width + i]);
            answer[i] = T.CreateTruncating(sum / whole);
        }
    }

    private void Vote(TensorBuffer target, int row)
    {
        var width = RowCopy.Width(target);
        for (var i = 0; i < width; i++)
        {
            var (best, most) = (0, -1.0);
            for (var candidate = 0; candidate < _parts.Count; candidate++)
            {
                var votes = VotesFor(candidate, i, width);
                if (votes > most) (best, most) = (candidate, votes);
            }

            var elected = Element(_parts[best], i, width);
            if (target.Datatype == Datatype.Bytes) target.Append(elected);
            else elected.CopyTo(target.Data[((row * width + i) * elected.Length)..]);
        }
    }

    private double VotesFor(int candidate, int element, int width)
    {
        var votes = 0.0;
        var wanted = Element(_parts[candidate], element, width);
        foreach (var part in _parts)
            if (Element(part, element, width).SequenceEqual(wanted)) votes += part.Weight;
        return votes;
    }

    private static ReadOnlySpan<byte> Element((TensorBuffer Tensor, int Row, double) part, int element, int width)
    {
        var (at, size) = (part.Row * width + element, part.Tensor.Datatype.Size());
        return part.Tensor.Datatype == Datatype.Bytes ? part.Tensor.GetString(at) : part.Tensor.Data.Slice(at * size, size);
    }
}
