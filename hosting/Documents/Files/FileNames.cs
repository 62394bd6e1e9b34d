using System.Security.Cryptography;
using System.Text;

namespace Platform.Hosting.Documents.Files;

/// <summary>
/// File names for ids: lower-case letters, digits, '-', '_' and inner dots stand for themselves, every other byte of the
/// UTF-8 form is written %XX, so that no id can leave its folder and no two ids meet on a file system that ignores case.
/// </summary>
internal static class FileNames
{
    // Most file systems allow 255 bytes; this leaves room for the suffixes.
    private const int MaxLength = 200;

    public static string Of(string id)
    {
        var bytes = Encoding.UTF8.GetBytes(id);
        var name = new StringBuilder(bytes.Length);
        foreach (var octet in bytes)
        {
            if (IsPlain((char)octet, name.Length == 0)) name.Append((char)octet);
            else name.Append('%').Append(octet.ToString("X2"));
        }
        return name.Length <= MaxLength ? name.ToString() : Shorten(name, bytes);
    }

    /// <summary>A long id keeps its beginning for the reader; the digest, after a '~' that no other name has, tells it apart.</summary>
    private static string Shorten(StringBuilder name, byte[] id) =>
        $"{name.ToString(0, 100)}~{Convert.ToHexStringLower(SHA256.HashData(id))}";

    private static bool IsPlain(char letter, bool first) =>
        char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_' || (letter == '.' && !first);
}
