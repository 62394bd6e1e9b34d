using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Platform.Onnx.Sharing;

/// <summary>
/// Memory that two processes see: a file without a name (memfd_create(2)), which goes with its last user and which no file system bounds.
/// Its size is only an address range; pages are taken when they are written to.
/// </summary>
internal sealed unsafe class SharedMemory : IDisposable
{
    private readonly int _file;
    private readonly bool _isOwner;

    private SharedMemory(int file, long size, bool isOwner)
    {
        (_file, Size, _isOwner) = (file, size, isOwner);
        Address = Libc.Map(0, (nuint)size, Libc.ReadWrite, Libc.Shared | Libc.NoReserve, file, 0);
        if (Address == -1) throw Failure("mapped");
    }

    public nint Address { get; private set; }

    public long Size { get; }

    /// <summary>Where a process of the same user finds the file for as long as this one keeps it open.</summary>
    public string Path => $"/proc/{Environment.ProcessId}/fd/{_file}";

    /// <exception cref="IOException">There is no such memory to be had.</exception>
    public static SharedMemory Create(long size)
    {
        var file = Libc.CreateMemory("platform-model", Libc.CloseOnExec | Libc.AllowSealing);
        if (file < 0) throw Failure("made");
        // Who could make it smaller could end every process that reads it.
        if (Libc.Resize(file, size) == 0 && Libc.Control(file, Libc.AddSeals, Libc.SealShrink | Libc.SealGrow | Libc.SealSeal) == 0)
            return Own(file, size, isOwner: true);
        var failure = Failure("sized");
        _ = Libc.Close(file);
        throw failure;
    }

    /// <exception cref="IOException">It cannot be opened.</exception>
    public static SharedMemory Open(string path, long size)
    {
        var file = Libc.Open(path, Libc.OpenReadWrite | Libc.OpenCloseOnExec);
        return file >= 0 ? Own(file, size, isOwner: false) : throw Failure("opened");
    }

    /// <summary>Gives the pages of a part back; what they held reads as zeros.</summary>
    public void Release(long offset, long length)
    {
        var first = (offset + Libc.Page - 1) / Libc.Page * Libc.Page;
        var end = (offset + length) / Libc.Page * Libc.Page;
        if (end > first) _ = Libc.Advise(Address + (nint)first, (nuint)(end - first), Libc.Remove);
    }

    public void Dispose()
    {
        if (Address == 0) return;
        _ = Libc.Unmap(Address, (nuint)Size);
        Address = 0;
        if (_isOwner) _ = Libc.Close(_file);
    }

    private static SharedMemory Own(int file, long size, bool isOwner)
    {
        try
        {
            var memory = new SharedMemory(file, size, isOwner);
            if (!isOwner) _ = Libc.Close(file); // the mapping stays
            return memory;
        }
        catch
        {
            _ = Libc.Close(file);
            throw;
        }
    }

    private static IOException Failure(string what)
    {
        var error = Marshal.GetLastPInvokeError();
        return new IOException($"Shared memory cannot be {what}: {new Win32Exception(error).Message} (error {error}).");
    }
}
