using System.Numerics;
using System.Runtime.InteropServices;

namespace Platform.Onnx.Tensors;

/// <summary>
/// Memory outside the managed heap, aligned for the widest vector instructions. It grows and is kept for the next use,
/// so that a pooled tensor costs no allocation; the finalizer only catches an owner that forgot to dispose.
/// </summary>
internal sealed unsafe class NativeBlock : IDisposable
{
    private const nuint Alignment = 64;
    private void* _address;

    ~NativeBlock() => Free();

    public int Capacity { get; private set; }

    public nint Address => (nint)_address;

    public Span<byte> Span(int length)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, Capacity);
        return new Span<byte>(_address, length);
    }

    /// <summary>Makes room for <paramref name="capacity"/> bytes and keeps the first <paramref name="used"/> of what is there.</summary>
    public void EnsureCapacity(int capacity, int used = 0)
    {
        if (capacity <= Capacity) return;

        var rounded = (int)Math.Min(BitOperations.RoundUpToPowerOf2((uint)Math.Max(capacity, 64)), (uint)Array.MaxLength);
        var grown = NativeMemory.AlignedAlloc((nuint)rounded, Alignment);
        if (used > 0) Span(used).CopyTo(new Span<byte>(grown, used));
        NativeMemory.AlignedFree(_address);
        _address = grown;
        Capacity = rounded;
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_address);
        _address = null;
        Capacity = 0;
    }
}
