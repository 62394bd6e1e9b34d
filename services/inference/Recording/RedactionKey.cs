using System.Security.Cryptography;
using Microsoft.Extensions.Options;
using Platform.Hosting;

namespace Platform.Inference.Recording;

/// <summary>
/// The key of the hashes that stand for hidden values, in a file of the data directory, so that the same value has the same
/// hash after a restart. Made at the first start, readable by its owner alone.
/// </summary>
internal sealed class RedactionKey(IOptions<StorageOptions> storage)
{
    private const int Length = 32;

    private readonly Lazy<byte[]> _key = new(() => ReadOrCreate(Path.Combine(storage.Value.Directory, "inference")));

    public byte[] Value => _key.Value;

    private static byte[] ReadOrCreate(string folder)
    {
        var path = Path.Combine(folder, "redaction.key");
        if (File.Exists(path)) return File.ReadAllBytes(path);

        Directory.CreateDirectory(folder);
        var key = RandomNumberGenerator.GetBytes(Length);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(key);
        return key;
    }
}
