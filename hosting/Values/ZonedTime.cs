using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Platform.Hosting.Values;

/// <summary>Times that callers send (RFC 3339). One without a zone would mean another moment on every machine, and is refused.</summary>
public static partial class ZonedTime
{
    /// <summary>What is wrong with a text that <see cref="TryRead"/> refuses.</summary>
    public const string Expectation = "A time with its zone is needed, for example 2026-11-20T09:30:00Z or 2026-11-20T09:30:00+08:00.";

    /// <summary>Reads a time; false for a text that is none or does not say its zone.</summary>
    public static bool TryRead(string? text, out DateTimeOffset time)
    {
        time = default;
        return text is not null && Form().IsMatch(text)
            && DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.RoundtripKind, out time);
    }

    [GeneratedRegex(@"^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d(:\d\d([.]\d{1,16})?)?([Zz]|[+-]\d\d:\d\d)$(?!\n)", RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    /// <summary>For request bodies.</summary>
    internal sealed class Converter : JsonConverter<DateTimeOffset>
    {
        public override DateTimeOffset Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            reader.TokenType == JsonTokenType.String && TryRead(reader.GetString(), out var time) ? time : throw new JsonException(Expectation);

        public override void Write(Utf8JsonWriter writer, DateTimeOffset value, JsonSerializerOptions options) => writer.WriteStringValue(value);
    }
}
