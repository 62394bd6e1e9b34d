using System.Text;
using System.Text.Json;
using Platform.Hosting;

namespace Platform.Registry.Uploads;

/// <summary>The body with which a pipeline is registered, before anything is made of it.</summary>
internal static class PipelineBody
{
    /// <summary>Without the mark with which some editors begin UTF-8.</summary>
    public static ReadOnlyMemory<byte> WithoutMark(ReadOnlyMemory<byte> json) => json.Span.StartsWith(Encoding.UTF8.Preamble) ? json[Encoding.UTF8.Preamble.Length..] : json;

    /// <summary>Bytes of the pipeline itself: of all but the metadata and reference rows that come with it.</summary>
    /// <exception cref="JsonException">It is no JSON.</exception>
    public static long DocumentBytes(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = PlatformJson.Strict.MaxDepth });
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject) return 0;
        long bytes = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var isBeside = reader.ValueTextEquals("metadata"u8) || reader.ValueTextEquals("reference"u8);
            var start = reader.BytesConsumed;
            reader.Skip();
            if (!isBeside) bytes += reader.BytesConsumed - start;
        }

        return bytes;
    }
}
