using System.Security.Cryptography;
using System.Text;

namespace Platform.Import;

/// <summary>The tag by which what was copied is known again: the source's address and its id there.</summary>
internal sealed class SourceTag(Uri source)
{
    public const string Key = "import.source";

    /// <summary>Set last, so that what an import left unfinished is gone on with.</summary>
    public const string DoneKey = "import.done";

    public const string Done = "true";
    public const string DoneWithoutFiles = "without all files";

    private readonly string _address = source.GetLeftPart(UriPartial.Path).TrimEnd('/');

    /// <summary>A folder for the source's files. Sources on one host differ in their paths, and so in the digest.</summary>
    public string Folder => $"{source.Host}-{source.Port}-{Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(_address)))[..12]}";

    public string Of(string kind, string id) => $"{_address}#{kind}/{id}";
}
