using System.Text.Json;
using Platform.Contracts.Inference;

namespace Platform.Hosting.PredictionLog;

/// <summary>A record of the prediction log and where it lies. What most readers need is cheap; the rest is parsed on demand.</summary>
public sealed class PredictionLogEntry
{
    private PredictionLogged? _record;

    private PredictionLogEntry(LogPosition position, ReadOnlyMemory<byte> json, string id, string model) =>
        (Position, Json, Id, Model) = (position, json, id, model);

    /// <summary>Where the record lies; for <see cref="IPredictionLogReader.FindAsync"/>.</summary>
    public LogPosition Position { get; }

    /// <summary>The record: one JSON object, known to be well-formed.</summary>
    public ReadOnlyMemory<byte> Json { get; }

    /// <summary>The prediction id.</summary>
    public string Id { get; }

    /// <summary>The model's name.</summary>
    public string Model { get; }

    /// <summary>The version that answered or refused; null where the record names none.</summary>
    public string? Version { get; private init; }

    /// <summary>When the request came in; the default where the record does not say.</summary>
    public DateTimeOffset Time { get; private init; }

    /// <summary>Where it was written first, once it has been forwarded.</summary>
    internal SpoolNumber? Spool { get; private init; }

    /// <summary>The whole record, parsed at the first call. Throws <see cref="JsonException"/> when a member has the wrong type.</summary>
    public PredictionLogged Record => _record ??= JsonSerializer.Deserialize<PredictionLogged>(Json.Span, PlatformJson.Tolerant)
        ?? throw new JsonException("The record is null.");

    /// <summary>
    /// An entry over <paramref name="json"/>, checked from end to end. Throws <see cref="JsonException"/> when it is not
    /// well-formed or names no prediction and model.
    /// </summary>
    public static PredictionLogEntry Read(LogPosition position, ReadOnlyMemory<byte> json)
    {
        string? id = null, model = null, version = null, spool = null, sequence = null;
        var time = default(DateTimeOffset);
        var reader = new Utf8JsonReader(json.Span);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth > 2) continue;
            if (reader.CurrentDepth == 2)
            {
                if (reader.ValueTextEquals("version"u8)) version = ReadText(ref reader);
                continue;
            }
            if (reader.ValueTextEquals("id"u8)) id = ReadText(ref reader);
            else if (reader.ValueTextEquals("subject"u8)) model = ReadText(ref reader);
            else if (reader.ValueTextEquals("time"u8)) time = ReadTime(ref reader);
            else if (reader.ValueTextEquals("spool"u8)) spool = ReadText(ref reader);
            else if (reader.ValueTextEquals("sequence"u8)) sequence = ReadText(ref reader);
        }
        return id is null || model is null
            ? throw new JsonException("The record names no prediction or no model.")
            : new PredictionLogEntry(position, json, id, model) { Version = version, Time = time, Spool = SpoolNumber.Read(spool, sequence) };
    }

    private static DateTimeOffset ReadTime(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var time) ? time : default;

    private static string? ReadText(ref Utf8JsonReader reader) =>
        reader.Read() && reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
}
