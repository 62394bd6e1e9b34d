using System.Buffers;
using System.Runtime.CompilerServices;

namespace Platform.Inference.Protocol;

/// <summary>A run of bytes that grows in pooled memory and is used again. A body, an answer or a record lies in it in one piece.</summary>
internal sealed class ByteBuffer : IBufferWriter<byte>, IDisposable
{
    private byte[] _bytes = [];

    public int Length { get; private set; }

    public int Capacity => _bytes.Length;

    /// <summary>Bytes beyond which it asks for no more memory; what it has may hold up to twice as many.</summary>
    public int Limit { get; set; } = System.Array.MaxLength;

    /// <summary>The memory itself, of which the first <see cref="Length"/> bytes count.</summary>
    public byte[] Array => _bytes;

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public ReadOnlyMemory<byte> WrittenMemory => _bytes.AsMemory(0, Length);

    /// <summary>The bytes that <paramref name="write"/> writes, for what is encoded once and used often.</summary>
    public static byte[] Encode(Action<ByteBuffer> write)
    {
        using var buffer = new ByteBuffer();
        write(buffer);
        return buffer.Written.ToArray();
    }

    public void Clear() => Length = 0;

    /// <summary>Forgets what was written behind the first <paramref name="length"/> bytes.</summary>
    public void Truncate(int length) => Length = length;

    public void Advance(int count) => Length += count;

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Ensure(Math.Max(sizeHint, 1));
        return _bytes.AsSpan(Length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Ensure(Math.Max(sizeHint, 1));
        return _bytes.AsMemory(Length);
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        Ensure(bytes.Length);
        bytes.CopyTo(_bytes.AsSpan(Length));
        Length += bytes.Length;
    }

    public void Write(byte value)
    {
        Ensure(1);
        _bytes[Length++] = value;
    }

    /// <summary>Gives memory beyond <paramref name="keep"/> bytes back.</summary>
    public void Trim(int keep)
    {
        Length = 0;
        if (_bytes.Length > keep) Replace([]);
    }

    public void Dispose() => Trim(-1);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Ensure(int more)
    {
        if (_bytes.Length - Length < more) Grow(more);
    }

    private void Grow(int more)
    {
        var least = (long)Length + more;
        if (least > Limit) throw new BufferLimitException(Limit);
        var grown = ArrayPool<byte>.Shared.Rent((int)Math.Max(least, Math.Max(Math.Min(2L * _bytes.Length, Limit), 256)));
        Written.CopyTo(grown);
        Replace(grown);
    }

    private void Replace(byte[] bytes)
    {
        if (_bytes.Length > 0) ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = bytes;
    }
}
