using System.Buffers.Binary;

namespace Platform.Onnx.Children;

/// <summary>Reads what a <see cref="MessageWriter"/> has written.</summary>
/// <param name="stream">The pipe.</param>
/// <param name="maxBytes">The most that one message may have.</param>
public sealed class MessageReader(Stream stream, int maxBytes)
{
    internal const int HeadLength = 5;

    /// <summary>The next message.</summary>
    /// <exception cref="BrokenTalkException">There is none, or something else.</exception>
    public (byte Kind, byte[] Content) Read()
    {
        Span<byte> head = stackalloc byte[HeadLength];
        Fill(head);
        var length = BinaryPrimitives.ReadInt32LittleEndian(head[1..]);
        if (length < 0 || length > maxBytes) throw new BrokenTalkException("It says what it cannot say.");
        var content = new byte[length];
        Fill(content);
        return (head[0], content);
    }

    private void Fill(Span<byte> bytes)
    {
        try
        {
            stream.ReadExactly(bytes);
        }
        catch (EndOfStreamException exception)
        {
            throw new BrokenTalkException("It says no more.", exception);
        }
    }
}

/// <summary>The other end of a pipe is gone, or does not keep to what was agreed.</summary>
public sealed class BrokenTalkException(string reason, Exception? inner = null) : IOException(reason, inner);
