using System.Text;
using Confluent.Kafka;
using Platform.Contracts.Inference;

namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>
/// A record as it travels: the CloudEvent (structured mode) with its spool and number added, keyed by model. The attributes
/// stand in headers too, for those who route by them; old brokers drop headers.
/// </summary>
internal static class KafkaMessage
{
    private const byte EndOfObject = (byte)'}';

    public static Message<byte[], byte[]> Of(PredictionLogEntry entry, SpoolNumber number) => new()
    {
        Key = Encoding.UTF8.GetBytes(entry.Model),
        Value = Value(entry.Json.Span, number),
        Headers = new Headers
        {
            { "content-type", "application/cloudevents+json; charset=UTF-8"u8.ToArray() },
            { "ce_specversion", "1.0"u8.ToArray() },
            { "ce_type", Encoding.UTF8.GetBytes(PredictionLogged.EventType) },
            { "ce_id", Encoding.UTF8.GetBytes(entry.Id) },
            { "ce_subject", Encoding.UTF8.GetBytes(entry.Model) },
            { "ce_spool", Encoding.UTF8.GetBytes(number.Spool) },
            { "ce_sequence", Encoding.UTF8.GetBytes(number.Sequence) },
        },
    };

    // The record is known to be an object with members; ours go before its end.
    private static byte[] Value(ReadOnlySpan<byte> json, SpoolNumber number)
    {
        var added = Encoding.UTF8.GetBytes($",\"spool\":\"{number.Spool}\",\"sequence\":\"{number.Sequence}\"}}");
        var members = json[..json.LastIndexOf(EndOfObject)];
        return [.. members, .. added];
    }
}
