using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Platform.Hosting.Storage;

/// <summary>
/// The few file operations that durability is built from. Everything that changes the disk goes through here, so that tests
/// can crash between any two of them.
/// </summary>
internal class DurableFiles
{
    /// <summary>Ends the name of a file that is not complete yet.</summary>
    public const string TemporarySuffix = ".tmp";

    /// <summary>Puts <paramref name="content"/> in the place of the file: readers see all of it or what was there before.</summary>
    public void Replace(string path, ReadOnlyMemory<byte> content)
    {
        var temporary = path + TemporarySuffix;
        Write(temporary, content);
        Rename(temporary, path);
    }

    /// <summary>Writes a whole file and brings its content to the disk.</summary>
    public virtual void Write(string path, ReadOnlyMemory<byte> content)
    {
        using var file = File.OpenHandle(path, FileMode.Create, FileAccess.Write);
        RandomAccess.Write(file, content.Span, 0);
        RandomAccess.FlushToDisk(file);
    }

    /// <summary>Renames a file over another. Durable after <see cref="SyncFolder"/>.</summary>
    public virtual void Rename(string from, string to) => File.Move(from, to, overwrite: true);

    /// <summary>Removes a file. Durable after <see cref="SyncFolder"/>.</summary>
    public virtual void Delete(string path) => File.Delete(path);

    /// <summary>Makes an empty file to append to. Its name is durable after <see cref="SyncFolder"/>.</summary>
    public virtual SafeFileHandle Create(string path) => File.OpenHandle(path, FileMode.Create, FileAccess.Write, FileShare.Read);

    /// <summary>Appends at <paramref name="offset"/>. Durable after <see cref="Flush"/>.</summary>
    public virtual void Append(SafeFileHandle file, ReadOnlyMemory<byte> content, long offset) =>
        RandomAccess.Write(file, content.Span, offset);

    /// <summary>Brings a file's content to the disk.</summary>
    public virtual void Flush(SafeFileHandle file) => RandomAccess.FlushToDisk(file);

    /// <summary>Cuts a file off.</summary>
    public virtual void Truncate(SafeFileHandle file, long length) => RandomAccess.SetLength(file, length);

    /// <summary>Brings the names in a folder to the disk: POSIX keeps them apart from the files' content.</summary>
    public virtual void SyncFolder(string folder)
    {
        if (OperatingSystem.IsWindows()) return;
        var descriptor = open(folder, 0);
        if (descriptor < 0) throw Failed("open", folder);
        try
        {
            if (fsync(descriptor) != 0) throw Failed("fsync", folder);
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    private static IOException Failed(string call, string folder) =>
        new($"{call} of the folder '{folder}' failed: {Marshal.GetLastPInvokeErrorMessage()}");

#pragma warning disable SYSLIB1054, IDE1006, CA2101 // three plain C calls do not warrant unsafe code in the project
    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int descriptor);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);
#pragma warning restore SYSLIB1054, IDE1006, CA2101
}
