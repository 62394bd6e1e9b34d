using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace Platform.Hosting.Storage;

/// <summary>
/// The few file operations that durability is built from. Everything that changes the disk goes through here, so that tests
/// can crash between any two of them, and so that a disk that fails is heard: <see cref="RandomAccess.FlushToDisk"/> and
/// <see cref="FileStream.Flush(bool)"/> return normally when fsync reports an error (seen with .NET 10.0.12 on Linux).
/// </summary>
internal class DurableFiles
{
    /// <summary>Ends the name of a file that is not complete yet.</summary>
    public const string TemporarySuffix = ".tmp";

    private const int Interrupted = 4; // EINTR

    /// <summary>As the whole process sees it, so that what is preloaded to make a disk fail, or to spare it, takes part.</summary>
    private static readonly Lazy<SyncFile> Fsync = new(() => Marshal.GetDelegateForFunctionPointer<SyncFile>(
        NativeLibrary.GetExport(NativeLibrary.GetMainProgramHandle(), "fsync")));

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
        Sync(file);
    }

    /// <summary>As <see cref="Write"/>, of a new file that only its owner may read.</summary>
    public virtual void WriteSecret(string path, ReadOnlyMemory<byte> content)
    {
        File.Delete(path);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 0 };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(path, options);
        file.Write(content.Span);
        Sync(file.SafeFileHandle);
    }

    /// <summary>Makes a folder and those above it that are missing, durably.</summary>
    public virtual string CreateFolder(string path)
    {
        path = Path.GetFullPath(path);
        if (Directory.Exists(path)) return path;
        var parent = Path.GetDirectoryName(path);
        if (parent is not null) CreateFolder(parent);
        Directory.CreateDirectory(path);
        if (parent is null) return path;
        try
        {
            SyncFolder(parent);
        }
        catch
        {
            Directory.Delete(path); // not taken for one that is on the disk the next time
            throw;
        }
        return path;
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

    /// <summary>Writes a piece of a file at <paramref name="offset"/>. Durable after <see cref="Flush"/>.</summary>
    public virtual void WritePiece(SafeFileHandle file, ReadOnlySpan<byte> content, long offset) => RandomAccess.Write(file, content, offset);

    /// <summary>
    /// Brings a file's content to the disk. When it throws, what was written since the last time may be lost although it can be read:
    /// it must be written again, or given up, before anything is told of it.
    /// </summary>
    public virtual void Flush(SafeFileHandle file) => Sync(file);

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
            if (!TrySync(descriptor)) throw Failed("fsync", folder);
        }
        finally
        {
            _ = close(descriptor);
        }
    }

    private static void Sync(SafeFileHandle file)
    {
        if (OperatingSystem.IsWindows())
        {
            RandomAccess.FlushToDisk(file);
            return;
        }
        var isHeld = false;
        try
        {
            file.DangerousAddRef(ref isHeld);
            if (!TrySync((int)file.DangerousGetHandle())) throw new IOException(
                $"fsync failed: {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError());
        }
        finally
        {
            if (isHeld) file.DangerousRelease();
        }
    }

    private static bool TrySync(int descriptor)
    {
        while (Fsync.Value(descriptor) != 0)
            if (Marshal.GetLastPInvokeError() != Interrupted) return false;
        return true;
    }

    private static IOException Failed(string call, string folder) =>
        new($"{call} of the folder '{folder}' failed: {Marshal.GetLastPInvokeErrorMessage()}", Marshal.GetLastPInvokeError());

#pragma warning disable SYSLIB1054, IDE1006, CA2101 // a few plain C calls do not warrant unsafe code in the project
    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

    [DllImport("libc", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int descriptor);

    [UnmanagedFunctionPointer(CallingConvention.Cdecl, SetLastError = true)]
    private delegate int SyncFile(int descriptor);
#pragma warning restore SYSLIB1054, IDE1006, CA2101
}
