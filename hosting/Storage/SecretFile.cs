using System.Security.Cryptography;

namespace Platform.Hosting.Storage;

/// <summary>
/// A random key in a file of its own, readable by its owner alone. It is on the disk, whole and under its name, before anybody gets it,
/// because what is made with it outlives the process.
/// </summary>
public static class SecretFile
{
    /// <summary>
    /// The key; made where there is none. Throws <see cref="InvalidDataException"/> when the file has another length, or when there is
    /// none although <paramref name="isInUse"/> says that something was made with it.
    /// </summary>
    /// <param name="path">Where it is; the folder is made, too.</param>
    /// <param name="length">Its length in bytes.</param>
    /// <param name="isInUse">Whether there is data that the key belongs to.</param>
    public static byte[] ReadOrCreate(string path, int length, Func<bool> isInUse) => ReadOrCreate(path, length, isInUse, new DurableFiles());

    internal static byte[] ReadOrCreate(string path, int length, Func<bool> isInUse, DurableFiles files)
    {
        if (File.Exists(path)) return Read(path, length);
        if (isInUse())
            throw new InvalidDataException($"The key '{path}' is missing, and there is data that was made with it. {Advice(length)}");
        return Create(path, RandomNumberGenerator.GetBytes(length), files);
    }

    private static byte[] Read(string path, int length)
    {
        var key = File.ReadAllBytes(path);
        return key.Length == length
            ? key
            : throw new InvalidDataException($"The key '{path}' has {key.Length} bytes, not {length}. {Advice(length)}");
    }

    private static byte[] Create(string path, byte[] key, DurableFiles files)
    {
        var folder = files.CreateFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
        files.WriteSecret(path + DurableFiles.TemporarySuffix, key);
        files.Rename(path + DurableFiles.TemporarySuffix, path);
        files.SyncFolder(folder);
        return key;
    }

    private static string Advice(int length) =>
        $"Restore it from a copy; or write {length} random bytes to it, and the same value will not look the same as before.";
}
