using System.Text.Json;

namespace Platform.Export;

/// <summary>What decides whether a record is exported.</summary>
/// <param name="Time">When the request arrived.</param>
/// <param name="Model">The model's name.</param>
internal readonly record struct RecordHead(DateTimeOffset Time, string Model)
{
    /// <summary>Null when the record is not valid: nobody could read it.</summary>
    public static RecordHead? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var (time, model) = (default(DateTimeOffset), "");
            var reader = new Utf8JsonReader(json);
            while (reader.Read())
            {
                if (reader.CurrentDepth != 1 || reader.TokenType != JsonTokenType.PropertyName) continue;
                var (isTime, isModel) = (reader.ValueTextEquals("time"u8), reader.ValueTextEquals("subject"u8));
                if (!reader.Read() || reader.TokenType != JsonTokenType.String) reader.Skip();
                else if (isTime) time = reader.GetDateTimeOffset();
                else if (isModel) model = reader.GetString()!;
            }
            return new RecordHead(time, model);
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return null;
        }
    }
}
