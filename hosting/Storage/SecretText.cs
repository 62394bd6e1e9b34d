using System.Text;

namespace Platform.Hosting.Storage;

/// <summary>
/// A secret for people, in a file that its owner alone can read, which comes to be under its name only once it counts: it is on the disk
/// before, under another name, so that a crash in between loses nothing (<see cref="Finish"/>).
/// </summary>
public sealed class SecretText : IDisposable
{
    private readonly string _path;
    private readonly string _prepared;

    private SecretText(string path, string prepared) => (_path, _prepared) = (path, prepared);

    /// <summary>What the file holds; what <paramref name="make"/> answers where there is none yet, which is there from then on.</summary>
    public static string ReadOrCreate(string path, Func<string> make)
    {
        if (File.Exists(path)) return File.ReadAllText(path).TrimEnd();
        var secret = make();
        using var text = Prepare(path, secret);
        text.Keep();
        return secret;
    }

    /// <summary>Writes it; it goes again when it is disposed of without <see cref="Keep"/>.</summary>
    public static SecretText Prepare(string path, string secret)
    {
        var files = new DurableFiles();
        path = Path.GetFullPath(path);
        var folder = files.CreateFolder(Path.GetDirectoryName(path)!);
        var prepared = $"{path}.{Guid.NewGuid():n}{DurableFiles.TemporarySuffix}";
        files.WriteSecret(prepared, Encoding.UTF8.GetBytes(secret + "\n"));
        files.SyncFolder(folder);
        return new SecretText(path, prepared);
    }

    /// <summary>Gives what was prepared before a crash its name, if it is the one that came to count, and removes what did not.</summary>
    public static void Finish(string path, Func<string, bool> counts)
    {
        path = Path.GetFullPath(path);
        var folder = Path.GetDirectoryName(path)!;
        if (!Directory.Exists(folder)) return;
        foreach (var prepared in Directory.GetFiles(folder, $"{Path.GetFileName(path)}.*{DurableFiles.TemporarySuffix}"))
        {
            using var text = new SecretText(path, prepared);
            if (counts(File.ReadAllText(prepared).TrimEnd())) text.Keep();
        }
    }

    /// <summary>Gives it its name.</summary>
    public void Keep()
    {
        var files = new DurableFiles();
        files.Rename(_prepared, _path);
        files.SyncFolder(Path.GetDirectoryName(_path)!);
    }

    /// <inheritdoc />
    public void Dispose() => File.Delete(_prepared);
}
