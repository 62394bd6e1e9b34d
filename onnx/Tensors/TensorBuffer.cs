using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Platform.Onnx.Tensors;

/// <summary>
/// A tensor in native memory that is filled, run and read without managed objects per element, and used again.
/// Elements are row-major. Strings lie end to end in the same memory, with a table of where each one ends.
/// Not safe for use by two threads at once.
/// </summary>
public sealed class TensorBuffer : IDisposable
{
    private readonly MemoryBlock _data;
    private readonly MemoryBlock _ends;
    private long[] _shape = new long[4];
    private int _rank;
    private int _length;

    /// <summary>A tensor in memory of the process's own.</summary>
    public TensorBuffer() : this(new NativeBlock(), new NativeBlock())
    {
    }

    /// <summary>A tensor whose elements, and ends of strings, lie where these blocks are.</summary>
    internal TensorBuffer(MemoryBlock data, MemoryBlock ends) => (_data, _ends) = (data, ends);

    public Datatype Datatype { get; private set; }

    /// <summary>Elements that the shape asks for.</summary>
    public int Count { get; private set; }

    /// <summary>Elements present: all of them, except for strings, which are appended one by one.</summary>
    public int Filled { get; private set; }

    public ReadOnlySpan<long> Shape => _shape.AsSpan(0, _rank);

    /// <summary>The raw elements, little-endian; for strings, their bytes end to end.</summary>
    public Span<byte> Data => _data.Span(_length);

    /// <summary>Where the elements lie. Valid until the next <see cref="Reset"/> or <see cref="Dispose"/>.</summary>
    public nint Address => _data.Address;

    /// <summary>Memory held, in bytes, whether in use or not.</summary>
    public int Capacity => _data.Capacity + _ends.Capacity;

    /// <summary>Where the elements lie.</summary>
    internal MemoryBlock DataBlock => _data;

    /// <summary>Where the ends of strings lie.</summary>
    internal MemoryBlock EndsBlock => _ends;

    private Span<int> Ends => MemoryMarshal.Cast<byte, int>(_ends.Span(_ends.Capacity));

    /// <summary>
    /// Begins a new tensor in the same memory. Elements hold whatever was there before; strings start with none.
    /// </summary>
    /// <exception cref="ArgumentException">The shape is negative somewhere or needs more than 2 GiB.</exception>
    public void Reset(Datatype datatype, ReadOnlySpan<long> shape)
    {
        var width = datatype == Datatype.Bytes ? sizeof(int) : datatype.Size();
        if (!Shapes.TryCount(shape, out var count) || count > Array.MaxLength / width)
            throw new ArgumentException($"A tensor of shape {Shapes.Describe(shape)} and type {datatype.Name()} does not fit in memory.");

        Datatype = datatype;
        Count = (int)count;
        SetShape(shape);
        if (datatype == Datatype.Bytes) ResetStrings();
        else ResetElements(Count * width);
    }

    /// <summary>
    /// Gives the tensor another first dimension. The elements of the rows that it had stay where they were; further ones hold whatever was there
    /// before, and strings are still to be appended.
    /// </summary>
    /// <exception cref="ArgumentException">It needs more than 2 GiB.</exception>
    /// <exception cref="InvalidOperationException">It has no row yet, so that nobody knows how long one is.</exception>
    public void SetRows(int rows)
    {
        if (_rank == 0 || _shape[0] == 0) throw new InvalidOperationException("The tensor has no row yet.");
        var width = Datatype == Datatype.Bytes ? sizeof(int) : Datatype.Size();
        var count = Count / _shape[0] * rows;
        if (count > Array.MaxLength / width) throw new ArgumentException($"A tensor of {rows} rows does not fit in memory.");

        (Count, _shape[0]) = ((int)count, rows);
        if (Datatype == Datatype.Bytes)
        {
            _ends.EnsureCapacity(Count * sizeof(int), Filled * sizeof(int));
            return;
        }

        _data.EnsureCapacity(Math.Max(Count * width, 1), Math.Min(_length, Count * width));
        (_length, Filled) = (Count * width, Count);
    }

    /// <summary>Takes what lies in the blocks for a whole tensor, of <paramref name="length"/> bytes.</summary>
    /// <exception cref="InvalidDataException">It cannot be one.</exception>
    internal void Adopt(Datatype datatype, ReadOnlySpan<long> shape, int length)
    {
        if (datatype == Datatype.Bytes) AdoptStrings(shape, length);
        else Reset(datatype, shape);
        if (_length != length) throw new InvalidDataException("The tensor's bytes are not as many as its shape asks for.");
    }

    /// <summary>The elements as a CLR type of the same width.</summary>
    public Span<T> AsSpan<T>() where T : unmanaged
    {
        if (Unsafe.SizeOf<T>() != Datatype.Size()) throw new InvalidOperationException($"{typeof(T).Name} is not {Datatype.Name()}.");
        return MemoryMarshal.Cast<byte, T>(Data);
    }

    /// <summary>Adds the next string.</summary>
    public void Append(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        Commit(value.Length);
    }

    /// <summary>Room to write the next string in place; end it with <see cref="Commit"/>.</summary>
    public Span<byte> Reserve(int length)
    {
        if (length > Array.MaxLength - _length) throw new ArgumentException("The strings of a tensor do not fit in memory.");
        _data.EnsureCapacity(_length + length, _length);
        return _data.Span(_length + length)[_length..];
    }

    /// <summary>Ends the string written into what <see cref="Reserve"/> gave.</summary>
    public void Commit(int length)
    {
        if (Filled == Count) throw new InvalidOperationException("The tensor already has all its strings.");
        _length += length;
        Ends[Filled++] = _length;
    }

    /// <summary>Adds <paramref name="count"/> strings of another tensor, from <paramref name="first"/> on.</summary>
    public void AppendFrom(TensorBuffer source, int first, int count)
    {
        for (var i = first; i < first + count; i++) Append(source.GetString(i));
    }

    /// <summary>The string at a flat index.</summary>
    public ReadOnlySpan<byte> GetString(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Filled);
        var start = index == 0 ? 0 : Ends[index - 1];
        return Data[start..Ends[index]];
    }

    /// <summary>Gives memory beyond <paramref name="keep"/> bytes back, so that one large request does not stay for ever.</summary>
    public void Trim(int keep)
    {
        if (Capacity <= keep) return;
        (Count, Filled, _length) = (0, 0, 0);
        _data.Dispose();
        _ends.Dispose();
    }

    public void Dispose() => Trim(-1);

    private void AdoptStrings(ReadOnlySpan<long> shape, int length)
    {
        Reset(Datatype.Bytes, shape);
        _ = _data.Span(length);
        var last = 0;
        foreach (var end in Ends[..Count])
        {
            if (end < last || end > length) throw new InvalidDataException("The tensor's strings do not lie one after the other.");
            last = end;
        }

        (Filled, _length) = (Count, last);
    }

    private void SetShape(ReadOnlySpan<long> shape)
    {
        if (_shape.Length < shape.Length) _shape = new long[shape.Length];
        shape.CopyTo(_shape);
        _rank = shape.Length;
    }

    private void ResetStrings()
    {
        _ends.EnsureCapacity(Count * sizeof(int));
        _length = 0;
        Filled = 0;
    }

    private void ResetElements(int bytes)
    {
        _data.EnsureCapacity(Math.Max(bytes, 1)); // even an empty tensor has an address
        _length = bytes;
        Filled = Count;
    }
}
