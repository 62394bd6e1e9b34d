using System.Text;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>
/// Any text as bytes that SQLite orders as .NET does, by UTF-16: its own text ends at U+0000 in places and cannot hold half a surrogate pair.
/// </summary>
internal static class SqliteText
{
    public static byte[] Of(string text)
    {
        var bytes = new byte[2 * text.Length];
        for (var i = 0; i < text.Length; i++) (bytes[2 * i], bytes[(2 * i) + 1]) = ((byte)(text[i] >> 8), (byte)text[i]);
        return bytes;
    }

    public static string Restore(byte[] bytes) => string.Create(bytes.Length / 2, bytes, static (text, from) =>
    {
        for (var i = 0; i < text.Length; i++) text[i] = (char)((from[2 * i] << 8) | from[(2 * i) + 1]);
    });
}
