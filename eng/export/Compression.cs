using System.IO.Compression;
using Platform.Hosting.Http;

namespace Platform.Export;

/// <summary>How a file is compressed, by its name.</summary>
internal static class Compression
{
    /// <summary>A new file at <paramref name="path"/>, compressed as the ending of <paramref name="name"/> says.</summary>
    public static Stream Create(string path, string name)
    {
        var file = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, bufferSize: 1 << 16);
        try
        {
            return Path.GetExtension(name) switch
            {
                ".zst" => new ZstdStream(file),
                ".gz" => new GZipStream(file, CompressionLevel.Optimal),
                _ => file,
            };
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }
}
