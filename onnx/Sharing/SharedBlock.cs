using Platform.Onnx.Tensors;

namespace Platform.Onnx.Sharing;

/// <summary>A tensor's memory that another process reads where it lies.</summary>
internal sealed class SharedBlock(SharedArena arena) : MemoryBlock
{
    private int _capacity;

    public SharedArena Arena => arena;

    /// <summary>Where it begins in the shared memory.</summary>
    public long Offset { get; private set; }

    public override nint Address => _capacity == 0 ? 0 : arena.Memory.Address + (nint)Offset;

    public override int Capacity => _capacity;

    public override void EnsureCapacity(int capacity, int used = 0)
    {
        if (capacity <= _capacity) return;
        var rounded = Rounded(capacity);
        var offset = arena.Take(rounded);
        if (used > 0) Span(used).CopyTo(At(offset, used));
        Dispose();
        (Offset, _capacity) = (offset, rounded);
    }

    public override void Dispose()
    {
        if (_capacity == 0) return;
        arena.Return(Offset, _capacity);
        (Offset, _capacity) = (0, 0);
    }

    private unsafe Span<byte> At(long offset, int length) => new((void*)(arena.Memory.Address + (nint)offset), length);
}
