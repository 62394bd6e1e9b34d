using Platform.Onnx.Tensors;

namespace Platform.Onnx.Sharing;

/// <summary>Says where a tensor lies in shared memory, and takes one from what the other side says.</summary>
internal static class TensorWords
{
    private const int MaxRank = 1024;
    private const int NoEnds = -1;

    /// <param name="words">What is written to.</param>
    /// <param name="tensor">A tensor over <see cref="SharedBlock"/>s, filled.</param>
    public static void Write(Words words, TensorBuffer tensor)
    {
        words.Add((long)tensor.Datatype);
        words.Add(tensor.Shape.Length);
        foreach (var size in tensor.Shape) words.Add(size);
        words.Add(((SharedBlock)tensor.DataBlock).Offset);
        words.Add(tensor.Data.Length);
        words.Add(tensor.Datatype == Datatype.Bytes ? ((SharedBlock)tensor.EndsBlock).Offset : NoEnds);
    }

    /// <param name="words">What is read.</param>
    /// <param name="tensor">A tensor over <see cref="ViewBlock"/>s.</param>
    /// <exception cref="InvalidDataException">It is not said properly.</exception>
    public static void Read(ref WordReader words, TensorBuffer tensor)
    {
        var datatype = (Datatype)words.NextCount((int)Datatype.Bytes);
        Span<long> shape = stackalloc long[words.NextCount(MaxRank)];
        foreach (ref var size in shape) size = words.Next();
        if (!Shapes.TryCount(shape, out var count)) throw new InvalidDataException("A tensor has an impossible shape.");
        var (offset, length, ends) = (words.Next(), words.NextCount(Array.MaxLength), words.Next());
        ((ViewBlock)tensor.DataBlock).Set(offset, length);
        if (datatype == Datatype.Bytes) ((ViewBlock)tensor.EndsBlock).Set(ends, count <= Array.MaxLength / sizeof(int) ? count * sizeof(int) : long.MaxValue);
        try
        {
            tensor.Adopt(datatype, shape, length);
        }
        catch (ArgumentException exception)
        {
            throw new InvalidDataException("A tensor does not fit where it lies.", exception);
        }
    }

    public static TensorBuffer Shared(SharedArena arena) => new(new SharedBlock(arena), new SharedBlock(arena));

    public static TensorBuffer View(SharedMemory memory) => new(new ViewBlock(memory), new ViewBlock(memory));

    /// <summary>Copies a tensor, whatever either lies in.</summary>
    public static void Copy(TensorBuffer source, TensorBuffer target)
    {
        target.Reset(source.Datatype, source.Shape);
        if (source.Datatype == Datatype.Bytes) target.AppendFrom(source, 0, source.Count);
        else source.Data.CopyTo(target.Data);
    }
}
