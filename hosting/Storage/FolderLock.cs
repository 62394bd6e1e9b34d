namespace Platform.Hosting.Storage;

/// <summary>
/// Keeps a folder to one owner. The operating system holds the lock, so that it is gone with the process however that ends.
/// </summary>
internal sealed class FolderLock : IDisposable
{
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the folder, or throws <see cref="IOException"/> when somebody else has it.</summary>
    public static FolderLock Take(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            var path = Path.Combine(folder, "lock");
            return new FolderLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1));
        }
        catch (IOException exception)
        {
            throw new IOException(
                $"The folder '{folder}' is in use by another process; give each its own data folder (Storage:Directory).", exception);
        }
    }

    public void Dispose() => _file.Dispose();
}
