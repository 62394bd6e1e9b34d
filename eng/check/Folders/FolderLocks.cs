namespace Platform.Check.Folders;

/// <summary>Keeps folders from being opened by a process, in the way in which processes keep them from each other: by the file <c>lock</c>.</summary>
internal sealed class FolderLocks : IDisposable
{
    private readonly List<FileStream> _locks = [];

    /// <summary>Throws <see cref="IOException"/> when a process has one of them.</summary>
    public static FolderLocks Take(IEnumerable<string> folders)
    {
        var taken = new FolderLocks();
        try
        {
            foreach (var path in folders.Distinct().Select(folder => Path.Combine(folder, "lock")).Where(File.Exists)) taken._locks.Add(Open(path));
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
    }

    public void Dispose() => _locks.ForEach(file => file.Dispose());

    private static FileStream Open(string path)
    {
        try
        {
            return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.None);
        }
        catch (IOException exception) when (exception is not FileNotFoundException)
        {
            throw new IOException($"'{Path.GetDirectoryName(path)}' is open in a process; stop it first.", exception);
        }
    }
}
