using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using Platform.Hosting.Numbers;

namespace Platform.Inference.Protocol;

/// <summary>Writes JSON values as bytes, without objects in between.</summary>
internal static class JsonText
{
    private const int LongestNumber = 32;

    private static readonly SearchValues<byte> NeedsEscape =
        SearchValues.Create([.. Enumerable.Range(0, 256).Select(value => (byte)value).Where(value => value is < 0x20 or >= 0x7F or (byte)'"' or (byte)'\\')]);

    /// <summary>The shortest text that reads back as the same number. JSON has no NaN and no infinity: they become null.</summary>
    public static void WriteNumber(this ByteBuffer target, float value)
    {
        if (float.IsFinite(value)) target.Advance(ShortestSingle.Format(value, target.GetSpan(ShortestSingle.MaxLength)));
        else target.Write("null"u8);
    }

    /// <inheritdoc cref="WriteNumber(ByteBuffer, float)"/>
    public static void WriteNumber(this ByteBuffer target, double value)
    {
        if (double.IsFinite(value)) Format(target, value);
        else target.Write("null"u8);
    }

    public static void WriteNumber(this ByteBuffer target, long value) => Format(target, value);

    /// <summary>Any number type without a special case of its own.</summary>
    public static void Format<T>(ByteBuffer target, T value) where T : IUtf8SpanFormattable
    {
        value.TryFormat(target.GetSpan(LongestNumber), out var written, default, null);
        target.Advance(written);
    }

    /// <summary>A string in quotes. Bytes that are not UTF-8 become U+FFFD, since JSON can only hold text.</summary>
    public static void WriteString(this ByteBuffer target, ReadOnlySpan<byte> utf8)
    {
        target.Write((byte)'"');
        if (utf8.ContainsAny(NeedsEscape)) WriteEscaped(target, utf8);
        else target.Write(utf8);
        target.Write((byte)'"');
    }

    /// <summary>A string in quotes.</summary>
    public static void WriteString(this ByteBuffer target, string text)
    {
        var room = target.GetSpan(Encoding.UTF8.GetMaxByteCount(text.Length) + 2);
        room[0] = (byte)'"';
        var end = Encoding.UTF8.GetBytes(text, room[1..]) + 1;
        if (room[1..end].ContainsAny(NeedsEscape))
        {
            target.WriteString(room[1..end].ToArray());
            return;
        }

        room[end] = (byte)'"';
        target.Advance(end + 1);
    }

    /// <summary>A member with a string for its value; nothing when there is none.</summary>
    /// <param name="target">Where to write.</param>
    /// <param name="name">The name as it goes into the text, with comma, quotes and colon.</param>
    /// <param name="value">The value.</param>
    public static void WriteMember(this ByteBuffer target, ReadOnlySpan<byte> name, string? value)
    {
        if (value is null) return;
        target.Write(name);
        target.WriteString(value);
    }

    public static void WriteHex(this ByteBuffer target, ReadOnlySpan<byte> bytes)
    {
        Convert.TryToHexStringLower(bytes, target.GetSpan(bytes.Length * 2), out var written);
        target.Advance(written);
    }

    public static void WriteShape(this ByteBuffer target, ReadOnlySpan<long> shape)
    {
        target.Write((byte)'[');
        for (var i = 0; i < shape.Length; i++)
        {
            if (i > 0) target.Write((byte)',');
            target.WriteNumber(shape[i]);
        }

        target.Write((byte)']');
    }

    private static void WriteEscaped(ByteBuffer target, ReadOnlySpan<byte> utf8)
    {
        while (!utf8.IsEmpty)
        {
            // One byte never needs more than six in its escaped form.
            var room = target.GetSpan(Math.Min(utf8.Length, 4096) * 6);
            JavaScriptEncoder.UnsafeRelaxedJsonEscaping.EncodeUtf8(utf8, room, out var read, out var written);
            target.Advance(written);
            utf8 = utf8[read..];
        }
    }
}
