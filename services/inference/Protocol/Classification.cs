using System.Text;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Protocol;

/// <summary>The classification extension: instead of a tensor of scores, the best classes of each row as "score:index[:label]".</summary>
internal static class Classification
{
    /// <summary>Fills <paramref name="target"/> with the <paramref name="wanted"/> best classes, best first; equal scores by index.</summary>
    /// <param name="scores">The model's output.</param>
    /// <param name="rows">Rows of the request; the output has as many where its first dimension says so, else it is one row.</param>
    /// <param name="wanted">How many classes to name; all when there are fewer.</param>
    /// <param name="labels">Names of the classes by index; may be empty.</param>
    /// <param name="target">Where the texts go.</param>
    public static void Write(TensorBuffer scores, int rows, int wanted, IReadOnlyList<string> labels, TensorBuffer target)
    {
        var hasRows = scores.Shape.Length > 1 && scores.Shape[0] == rows;
        var classes = scores.Count / (hasRows ? rows : 1);
        var best = Math.Min(wanted, classes);
        if (hasRows) target.Reset(Datatype.Bytes, [rows, best]);
        else target.Reset(Datatype.Bytes, [best]);

        using var values = new ByteBuffer();
        for (var first = 0; first < scores.Count; first += classes)
            foreach (var index in Rank(scores, first, classes).Take(best))
                target.Append(Describe(values, scores, first, index, labels));
    }

    private static IEnumerable<int> Rank(TensorBuffer scores, int first, int classes)
    {
        return scores.Datatype switch
        {
            Datatype.Int64 => Rank(scores.AsSpan<long>().Slice(first, classes).ToArray()), // no double holds all of them
            Datatype.UInt64 => Rank(scores.AsSpan<ulong>().Slice(first, classes).ToArray()),
            _ => Rank([.. Enumerable.Range(first, classes).Select(index => TensorNumbers.At(scores, index))]),
        };
    }

    /// <summary>Places by value, the largest first; NaN counts as less than any number, so it ends up last.</summary>
    private static IEnumerable<int> Rank<T>(T[] values) =>
        Enumerable.Range(0, values.Length).OrderByDescending(i => values[i]).ThenBy(i => i);

    private static ReadOnlySpan<byte> Describe(ByteBuffer text, TensorBuffer scores, int first, int index, IReadOnlyList<string> labels)
    {
        text.Clear();
        text.WriteElement(scores, first + index);
        text.Write((byte)':');
        text.WriteNumber(index);
        if (index < labels.Count) text.Write(Encoding.UTF8.GetBytes(":" + labels[index]));
        return text.Written;
    }
}
