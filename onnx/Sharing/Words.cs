namespace Platform.Onnx.Sharing;

/// <summary>A description of tensors in whole numbers, in shared memory.</summary>
internal sealed class Words(SharedArena arena) : IDisposable
{
    private readonly SharedBlock _block = new(arena);
    private int _count;

    /// <summary>Where it begins in the shared memory.</summary>
    public long Offset => _block.Offset;

    public int Count => _count;

    public void Clear() => _count = 0;

    public void Add(long word)
    {
        _block.EnsureCapacity((_count + 1) * sizeof(long), _count * sizeof(long));
        BitConverter.TryWriteBytes(_block.Span(_block.Capacity)[(_count++ * sizeof(long))..], word);
    }

    public void Dispose() => _block.Dispose();
}

/// <summary>Reads what <see cref="Words"/> has written on the other side. What lies there may be anything and may change meanwhile.</summary>
internal ref struct WordReader
{
    private readonly ReadOnlySpan<long> _words;
    private int _at;

    /// <exception cref="InvalidDataException">That is no place in the memory.</exception>
    public unsafe WordReader(SharedMemory memory, long offset, long count)
    {
        if (offset < 0 || offset % sizeof(long) != 0 || count < 0 || count > (memory.Size - offset) / sizeof(long) || count > 1 << 24)
            throw new InvalidDataException("A description lies outside the shared memory.");
        _words = new ReadOnlySpan<long>((void*)(memory.Address + (nint)offset), (int)count);
    }

    /// <exception cref="InvalidDataException">There are no more.</exception>
    public long Next() => _at < _words.Length ? Volatile.Read(in _words[_at++]) : throw new InvalidDataException("A description is too short.");

    /// <summary>A number of things.</summary>
    /// <exception cref="InvalidDataException">It is not one, or more than <paramref name="atMost"/>.</exception>
    public int NextCount(int atMost) => Next() is >= 0 and var count && count <= atMost
        ? (int)count
        : throw new InvalidDataException("A description names an impossible number.");
}
