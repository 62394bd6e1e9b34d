using System.Buffers.Binary;

namespace Platform.Onnx.Children;

/// <summary>Writes messages to the other end of a pipe: a byte that says what it is, its length in four (little-endian), its content.</summary>
public sealed class MessageWriter(Stream stream)
{
    public void Write(byte kind, ReadOnlySpan<byte> content)
    {
        Span<byte> head = stackalloc byte[MessageReader.HeadLength];
        head[0] = kind;
        BinaryPrimitives.WriteInt32LittleEndian(head[1..], content.Length);
        stream.Write(head);
        stream.Write(content);
        stream.Flush();
    }
}
