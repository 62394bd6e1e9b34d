using Platform.Onnx.Tensors;

namespace Platform.Onnx.Sharing;

/// <summary>A tensor's memory that another process has written and that is only read here. It does not grow.</summary>
internal sealed class ViewBlock(SharedMemory memory) : MemoryBlock
{
    // Pages of less are left where they are for the next tensor.
    private const int LargeView = 1 << 20;

    private long _offset;
    private int _capacity;

    public SharedMemory Memory => memory;

    public override nint Address => _capacity == 0 ? 0 : memory.Address + (nint)_offset;

    public override int Capacity => _capacity;

    /// <exception cref="InvalidDataException">That is no place in the memory.</exception>
    public void Set(long offset, long length)
    {
        length = Math.Max(length, 1); // even an empty tensor has an address
        if (offset < 0 || length > Array.MaxLength || offset > memory.Size - length)
            throw new InvalidDataException("A tensor lies outside the shared memory.");
        (_offset, _capacity) = (offset, (int)length);
    }

    public override void EnsureCapacity(int capacity, int used = 0)
    {
        if (capacity > _capacity) throw new InvalidDataException("A tensor is larger than the place that it was given.");
    }

    public override void Dispose()
    {
        if (_capacity >= LargeView) memory.Release(_offset, _capacity);
        (_offset, _capacity) = (0, 0);
    }
}
