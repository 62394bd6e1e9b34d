using System.Buffers.Binary;
using System.Text;

namespace Platform.Integration.Tests.Servers;

/// <summary>Builds an answer of Kafka's protocol.</summary>
internal sealed class KafkaBytes
{
    private readonly List<byte> _bytes = [];

    public KafkaBytes Byte(byte value)
    {
        _bytes.Add(value);
        return this;
    }

    public KafkaBytes Short(short value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(short)];
        BinaryPrimitives.WriteInt16BigEndian(bytes, value);
        _bytes.AddRange(bytes);
        return this;
    }

    public KafkaBytes Number(int value)
    {
        Span<byte> bytes = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(bytes, value);
        _bytes.AddRange(bytes);
        return this;
    }

    public KafkaBytes Text(string? value)
    {
        if (value is null) return Short(-1);
        Short((short)value.Length);
        _bytes.AddRange(Encoding.ASCII.GetBytes(value));
        return this;
    }

    /// <summary>Everything, behind its length.</summary>
    public byte[] Framed() => [.. new KafkaBytes().Number(_bytes.Count)._bytes, .. _bytes];
}
