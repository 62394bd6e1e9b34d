using System.Numerics;

namespace Platform.Onnx.Sharing;

/// <summary>
/// Gives out pieces of one part of shared memory. Sizes are powers of two and what is freed is given out again, so that the part fills no
/// further than twice what is in use at once of each size. One thread at a time.
/// </summary>
internal sealed class SharedArena(SharedMemory memory, long start, long size)
{
    // Pages of less are kept for the next tensor.
    private const int LargePiece = 1 << 20;
    private const int Alignment = 64;

    private readonly Stack<long>[] _free = [.. Enumerable.Range(0, 32).Select(_ => new Stack<long>())];
    private long _used;

    public SharedMemory Memory => memory;

    /// <summary>Room for <paramref name="length"/> bytes, as an offset in the memory.</summary>
    /// <exception cref="InvalidDataException">There is none.</exception>
    public long Take(int length)
    {
        if (_free[Class(length)].TryPop(out var freed)) return freed;
        var rounded = ((long)length + Alignment - 1) / Alignment * Alignment;
        if (rounded > size - _used) throw new InvalidDataException($"The tensors take more than the {size >> 20} MiB that a worker's run may have.");
        var offset = start + _used;
        _used += rounded;
        return offset;
    }

    public void Return(long offset, int length)
    {
        if (length >= LargePiece) memory.Release(offset, length);
        _free[Class(length)].Push(offset);
    }

    /// <summary>Begins anew, as if nothing had been given out.</summary>
    public void Clear()
    {
        foreach (var stack in _free) stack.Clear();
        _used = 0;
    }

    private static int Class(int length) => BitOperations.Log2((uint)length - 1) + 1;
}
