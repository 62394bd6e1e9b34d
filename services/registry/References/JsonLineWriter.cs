using System.Buffers;
using System.Text.Json;
using Platform.Hosting;

namespace Platform.Registry.References;

/// <summary>Writes JSON objects, one a line, in blocks.</summary>
internal sealed class JsonLineWriter : IDisposable
{
    private const int BlockSize = 64 << 10;

    private readonly Stream _target;
    private readonly ArrayBufferWriter<byte> _block = new();

    public JsonLineWriter(Stream target)
    {
        _target = target;
        Json = new Utf8JsonWriter(_block, new JsonWriterOptions { Encoder = PlatformJson.Tolerant.Encoder });
    }

    /// <summary>Writes into the line between <see cref="Begin"/> and <see cref="End"/>.</summary>
    public Utf8JsonWriter Json { get; }

    public void Begin()
    {
        Json.Reset();
        Json.WriteStartObject();
    }

    public void End()
    {
        Json.WriteEndObject();
        Json.Flush();
        _block.Write("\n"u8);
        if (_block.WrittenCount >= BlockSize) Flush();
    }

    /// <summary>Hands everything to the target.</summary>
    public void Flush()
    {
        _target.Write(_block.WrittenSpan);
        _block.ResetWrittenCount();
    }

    public void Dispose() => Json.Dispose();
}
