using System.Text;

namespace Platform.TestKit.Observability;

/// <summary>Reads the spans of an OTLP export request: the few fields of its protobuf messages that tests look at.</summary>
internal static class OtlpTraces
{
    // Numbers of fields in opentelemetry/proto/trace/v1/trace.proto and what it includes.
    private const int ResourceSpans = 1, Resource = 1, ScopeSpans = 2, Spans = 2, ResourceAttributes = 1, Key = 1, Value = 2, Text = 1, Integer = 3;
    private const int TraceId = 1, SpanId = 2, ParentSpanId = 4, Name = 5, SpanAttributes = 9, Status = 15, StatusCode = 3;

    public static IEnumerable<TraceSpan> Read(ReadOnlyMemory<byte> request) =>
        from resource in All(request, ResourceSpans)
        let described = Attributes(One(resource, Resource), ResourceAttributes)
        from scope in All(resource, ScopeSpans)
        from span in All(scope, Spans)
        select new TraceSpan(
            described["service.name"], Utf8(One(span, Name)), Hex(One(span, TraceId)), Hex(One(span, SpanId)), Hex(One(span, ParentSpanId)))
        {
            Attributes = Attributes(span, SpanAttributes), Resource = described, IsError = Number(One(span, Status), StatusCode) == 2,
        };

    // The few kinds of values that are told here: text and whole numbers.
    private static Dictionary<string, string> Attributes(ReadOnlyMemory<byte> message, int field) => All(message, field).ToDictionary(
        attribute => Utf8(One(attribute, Key)),
        attribute => One(attribute, Value) is var value && Number(value, Integer) is { } number ? $"{number}" : Utf8(One(value, Text)));

    private static long? Number(ReadOnlyMemory<byte> message, int field)
    {
        while (!message.IsEmpty)
        {
            var tag = Varint(ref message);
            if ((int)(tag >> 3) == field && (tag & 7) == 0) return (long)Varint(ref message);
            Content(ref message, (int)(tag & 7));
        }
        return null;
    }

    private static ReadOnlyMemory<byte> One(ReadOnlyMemory<byte> message, int field) => All(message, field).FirstOrDefault();

    private static IEnumerable<ReadOnlyMemory<byte>> All(ReadOnlyMemory<byte> message, int field)
    {
        while (!message.IsEmpty)
        {
            var tag = Varint(ref message);
            var content = Content(ref message, (int)(tag & 7));
            if ((int)(tag >> 3) == field) yield return content;
        }
    }

    private static ReadOnlyMemory<byte> Content(ref ReadOnlyMemory<byte> message, int wireType)
    {
        if (wireType == 0)
        {
            Varint(ref message);
            return default;
        }
        var length = wireType switch { 1 => 8, 2 => (int)Varint(ref message), 5 => 4, _ => throw new InvalidDataException($"Wire type {wireType}.") };
        var content = message[..length];
        message = message[length..];
        return content;
    }

    private static ulong Varint(ref ReadOnlyMemory<byte> message)
    {
        var (value, at) = (0UL, 0);
        do value |= (ulong)(message.Span[at] & 0x7F) << (7 * at);
        while (message.Span[at++] >= 0x80);
        message = message[at..];
        return value;
    }

    private static string Utf8(ReadOnlyMemory<byte> bytes) => Encoding.UTF8.GetString(bytes.Span);

    private static string Hex(ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(bytes.Span);
}
