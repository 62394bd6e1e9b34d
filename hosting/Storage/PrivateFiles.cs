using System.Runtime.InteropServices;

namespace Platform.Hosting.Storage;

/// <summary>What the platform keeps is its owner's alone: predictions, models and keys lie in its folders.</summary>
public static class PrivateFiles
{
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    private static readonly EnumerationOptions Everything = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint, // what a link leads to is not in the folder
        IgnoreInaccessible = true, // what this process cannot enter, it did not make
    };

    /// <summary>
    /// From now on whatever this process makes has mode 0600 or, a folder, 0700: libraries' files too, and those of programs that it starts.
    /// With which umask it was started does not matter.
    /// </summary>
    public static void MakeNoOthers()
    {
        if (!OperatingSystem.IsWindows()) _ = umask((uint)Others);
    }

    /// <summary>
    /// Makes the folder if it is missing, and takes what is in it from everybody else; from now on what this process makes is private, too.
    /// Throws <see cref="IOException"/> where something in it that others may read or write belongs to somebody else.
    /// </summary>
    public static void Claim(string folder)
    {
        MakeNoOthers();
        Directory.CreateDirectory(folder);
        var top = new DirectoryInfo(folder);
        try
        {
            Take(top);
        }
        catch (UnauthorizedAccessException)
        {
            // Where a volume is mounted the folder itself may be another's; nothing that is made in it is.
        }
        foreach (var entry in top.EnumerateFileSystemInfos("*", Everything)) TakeOwn(entry);
    }

    private static void TakeOwn(FileSystemInfo entry)
    {
        try
        {
            Take(entry);
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new IOException($"'{entry.FullName}' belongs to somebody else, and not to its owner alone: chmod it to 0600, a folder to 0700.", exception);
        }
        catch (Exception exception) when (exception is FileNotFoundException or DirectoryNotFoundException)
        {
            // Removed meanwhile, by another process that uses the folder.
        }
    }

    private static void Take(FileSystemInfo entry)
    {
        if (OperatingSystem.IsWindows()) return;
        if ((entry.UnixFileMode & Others) != 0) entry.UnixFileMode &= ~Others;
    }

#pragma warning disable SYSLIB1054, IDE1006 // one plain C call does not warrant unsafe code in the project
    [DllImport("libc"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern uint umask(uint mask);
#pragma warning restore SYSLIB1054, IDE1006
}
