using System.Security.Cryptography;
using System.Text;

namespace Platform.Hosting.Documents.Servers;

/// <summary>
/// Any text as a key that a server can index and order. Almost every text is its own key. One that is too long for an index
/// becomes its beginning, a mark and its SHA-256; so does one that holds what a server's text cannot (U+0000, half a surrogate
/// pair) or what it orders otherwise than .NET does (any surrogate: servers order by UTF-8, .NET by UTF-16).
/// </summary>
internal static class DocumentKey
{
    private const int MaxLength = 400;
    private const int KeptLength = 100;
    private const char Mark = '\u001A';

    public static string Of(string text) => IsItsOwn(text) ? text : Shorten(text);

    /// <summary>What to keep beside the key so that the text can be had back; null where the key says it.</summary>
    public static byte[]? Original(string text) => IsItsOwn(text) ? null : Encoding.Unicode.GetBytes(text);

    public static string Restore(string key, byte[]? original) => original is null ? key : Encoding.Unicode.GetString(original);

    private static bool IsItsOwn(string text) => text.Length <= MaxLength && text.All(IsPlain);

    private static string Shorten(string text)
    {
        var kept = string.Concat(text.Take(KeptLength).Select(letter => IsPlain(letter) ? letter : '\uFFFD'));
        return kept + Mark + Convert.ToHexStringLower(SHA256.HashData(Encoding.Unicode.GetBytes(text)));
    }

    private static bool IsPlain(char letter) => letter is not ('\0' or Mark) && !char.IsSurrogate(letter);
}
