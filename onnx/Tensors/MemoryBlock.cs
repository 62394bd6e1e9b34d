namespace Platform.Onnx.Tensors;

/// <summary>Where a tensor lies: memory outside the managed heap that may grow, and then moves.</summary>
internal abstract unsafe class MemoryBlock : IDisposable
{
    public abstract nint Address { get; }

    public abstract int Capacity { get; }

    public Span<byte> Span(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Capacity);
        return new Span<byte>((void*)Address, length);
    }

    /// <summary>Makes room for <paramref name="capacity"/> bytes and keeps the first <paramref name="used"/> of what is there.</summary>
    public abstract void EnsureCapacity(int capacity, int used = 0);

    /// <summary>Gives the memory back; the block may be used again.</summary>
    public abstract void Dispose();

    /// <summary>What a block takes where it must hold <paramref name="capacity"/> bytes: more, so that it seldom grows.</summary>
    protected static int Rounded(int capacity) =>
        (int)Math.Min(System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 64)), (uint)Array.MaxLength);
}
