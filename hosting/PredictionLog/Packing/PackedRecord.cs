using System.Text.Json;

namespace Platform.Hosting.PredictionLog.Packing;

/// <summary>
/// A prediction record as inference writes it into the local log: <see cref="Mark"/>, then phrases and values
/// (<see cref="RecordPhrase"/>, <see cref="RecordValue"/>), which strung together are its JSON. Whoever reads the log gets the JSON.
/// With FP32 tensors it takes a third of the room, and their numbers need not be written as text where predictions are answered
/// (docs/decisions/0008).
/// </summary>
public static class PackedRecord
{
    /// <summary>The first byte, with which no JSON begins.</summary>
    public const byte Mark = 1;

    /// <summary>Memory for a longer record is not worth keeping.</summary>
    private const int KeepBytes = 1 << 20;

    [ThreadStatic] private static byte[]? _memory;

    /// <summary>Whether it is a packed record rather than JSON.</summary>
    public static bool Is(ReadOnlySpan<byte> record) => record is [Mark, ..];

    /// <summary>The record as JSON. Throws <see cref="JsonException"/> when it is damaged.</summary>
    public static byte[] Unpack(ReadOnlySpan<byte> record) => Run(record[1..]).Json.ToArray();

    /// <summary>How long the JSON of some phrases and values is, in bytes. Throws <see cref="JsonException"/> when they are damaged.</summary>
    public static int JsonLength(ReadOnlySpan<byte> phrases) => Run(phrases).Json.Length;

    private static RecordUnpacker Run(ReadOnlySpan<byte> phrases)
    {
        var unpacker = new RecordUnpacker(phrases, _memory ?? new byte[4096]);
        unpacker.Run();
        _memory = unpacker.Memory.Length <= KeepBytes ? unpacker.Memory : null;
        return unpacker;
    }
}
