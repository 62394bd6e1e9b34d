using System.Runtime.InteropServices;

namespace Platform.Onnx.Tensors;

/// <summary>
/// Memory of the process's own, aligned for the widest vector instructions. It grows and is kept for the next use,
/// so that a pooled tensor costs no allocation; the finalizer only catches an owner that forgot to dispose.
/// </summary>
internal sealed unsafe class NativeBlock : MemoryBlock
{
    private const nuint Alignment = 64;
    private void* _address;
    private int _capacity;

    ~NativeBlock() => Free();

    public override int Capacity => _capacity;

    public override nint Address => (nint)_address;

    public override void EnsureCapacity(int capacity, int used = 0)
    {
        if (capacity <= _capacity) return;

        var rounded = Rounded(capacity);
        var grown = NativeMemory.AlignedAlloc((nuint)rounded, Alignment);
        if (used > 0) Span(used).CopyTo(new Span<byte>(grown, used));
        NativeMemory.AlignedFree(_address);
        _address = grown;
        _capacity = rounded;
    }

    public override void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private void Free()
    {
        NativeMemory.AlignedFree(_address);
        _address = null;
        _capacity = 0;
    }
}
