using System.Diagnostics.CodeAnalysis;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Launching;

/// <summary>The data folder, kept for this process as long as it runs. The operating system lets go of it, however the process ends.</summary>
public sealed class DataFolder : IDisposable
{
    private readonly FileStream _lock;

    private DataFolder(string path, FileStream @lock) => (Path, _lock) = (path, @lock);

    /// <summary>Its full path.</summary>
    public string Path { get; }

    /// <summary>Takes the folder before anything else starts; false with the reason, in a sentence, why it cannot be had.</summary>
    public static bool TryTake(string path, [NotNullWhen(true)] out DataFolder? folder, [NotNullWhen(false)] out string? reason)
    {
        (folder, reason) = (null, null);
        try
        {
            PrivateFiles.Claim(path);
            var file = System.IO.Path.Combine(path, "lock");
            folder = new DataFolder(path, new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            return true;
        }
        catch (IOException exception) when (exception.HResult == Contended)
        {
            reason = $"the data folder '{path}' is in use by another process";
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException or NotSupportedException)
        {
            reason = $"the data folder '{path}' cannot be used: {exception.Message}";
        }
        return false;
    }

    /// <summary>Lets go of the folder before the process ends.</summary>
    public void Dispose() => _lock.Dispose();

    // EWOULDBLOCK of flock on Linux and macOS, ERROR_SHARING_VIOLATION on Windows.
    private static int Contended => OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsMacOS() ? 35 : 11;
}
