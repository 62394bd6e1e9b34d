using System.Buffers.Binary;

namespace Platform.Hosting.PredictionLog;

/// <summary>Kept with each commit of the log: up to an address, how many records had ever been appended.</summary>
internal readonly record struct LogCheckpoint(long Address, long Records)
{
    public static LogCheckpoint Read(byte[]? cookie, long beginAddress) => cookie is null
        ? new LogCheckpoint(beginAddress, 0)
        : new LogCheckpoint(BinaryPrimitives.ReadInt64LittleEndian(cookie), BinaryPrimitives.ReadInt64LittleEndian(cookie.AsSpan(8)));

    public byte[] Write()
    {
        var cookie = new byte[16];
        BinaryPrimitives.WriteInt64LittleEndian(cookie, Address);
        BinaryPrimitives.WriteInt64LittleEndian(cookie.AsSpan(8), Records);
        return cookie;
    }
}
