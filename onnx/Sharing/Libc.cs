using System.Runtime.InteropServices;

namespace Platform.Onnx.Sharing;

/// <summary>What memory shared between processes asks of Linux.</summary>
internal static unsafe partial class Libc
{
    public const int Page = 4096;

    public const uint CloseOnExec = 1; // MFD_CLOEXEC
    public const uint AllowSealing = 2; // MFD_ALLOW_SEALING
    public const int AddSeals = 1033; // F_ADD_SEALS
    public const int SealSeal = 1;
    public const int SealShrink = 2;
    public const int SealGrow = 4;
    public const int OpenReadWrite = 2;
    public const int OpenCloseOnExec = 0x80000; // O_CLOEXEC
    public const int ReadWrite = 3; // PROT_READ | PROT_WRITE
    public const int Shared = 1; // MAP_SHARED
    public const int NoReserve = 0x4000; // MAP_NORESERVE
    public const int Remove = 9; // MADV_REMOVE

    private const string Library = "libc";

    [LibraryImport(Library, EntryPoint = "memfd_create", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int CreateMemory(string name, uint flags);

    [LibraryImport(Library, EntryPoint = "ftruncate", SetLastError = true)]
    public static partial int Resize(int file, long size);

    [LibraryImport(Library, EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(int file, int command, int argument);

    [LibraryImport(Library, EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    public static partial int Open(string path, int flags);

    [LibraryImport(Library, EntryPoint = "close")]
    public static partial int Close(int file);

    [LibraryImport(Library, EntryPoint = "mmap", SetLastError = true)]
    public static partial nint Map(nint address, nuint length, int protection, int flags, int file, long offset);

    [LibraryImport(Library, EntryPoint = "munmap")]
    public static partial int Unmap(nint address, nuint length);

    [LibraryImport(Library, EntryPoint = "madvise")]
    public static partial int Advise(nint address, nuint length, int advice);

    [LibraryImport(Library, EntryPoint = "syscall")]
    public static partial nint Futex(nint call, int* word, int operation, int value, TimeSpec* timeout, nint unused, int unusedToo);

    [StructLayout(LayoutKind.Sequential)]
    public struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
