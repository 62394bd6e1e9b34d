using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Platform.Registry.History;

/// <summary>
/// JSON in one form, so that the same content has the same hash: members in ordinal order of their names, no blanks, numbers as they were
/// written. What is stored is kept as text, so no number comes back in another notation.
/// </summary>
internal static class CanonicalJson
{
    private static readonly JsonWriterOptions Form = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The bytes of an object without one of its members.</summary>
    public static byte[] Write(JsonElement value, string without)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, Form)) WriteObject(json, value, without);
        return bytes.WrittenSpan.ToArray();
    }

    private static void WriteObject(Utf8JsonWriter json, JsonElement value, string? without = null)
    {
        json.WriteStartObject();
        foreach (var member in value.EnumerateObject().Where(member => member.Name != without).OrderBy(member => member.Name, StringComparer.Ordinal))
        {
            json.WritePropertyName(member.Name);
            Write(json, member.Value);
        }
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, JsonElement value)
    {
        if (value.ValueKind == JsonValueKind.Object) WriteObject(json, value);
        else if (value.ValueKind == JsonValueKind.Array) WriteArray(json, value);
        else if (value.ValueKind == JsonValueKind.Number) json.WriteRawValue(value.GetRawText());
        else value.WriteTo(json);
    }

    private static void WriteArray(Utf8JsonWriter json, JsonElement value)
    {
        json.WriteStartArray();
        foreach (var item in value.EnumerateArray()) Write(json, item);
        json.WriteEndArray();
    }
}
