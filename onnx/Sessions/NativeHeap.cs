using System.Runtime.InteropServices;

namespace Platform.Onnx.Sessions;

/// <summary>
/// Gives the memory that native code has freed back to the operating system. The C library would keep most of it for later, so
/// that a process which loads and unloads models would look as large as several of them together. Does nothing where the
/// C library is not glibc.
/// </summary>
internal static partial class NativeHeap
{
    // Blocks of this size, above all weights, get pages of their own, which go when they are freed. Left to itself glibc raises
    // its threshold up to 32 MiB as soon as such a block has been freed once.
    private const int LargeBlock = 1 << 20;
    private const int MapThreshold = -3; // M_MMAP_THRESHOLD

    private static readonly bool IsGlibc = OperatingSystem.IsLinux()
        && NativeLibrary.TryLoad("libc.so.6", out var library) && NativeLibrary.TryGetExport(library, "malloc_trim", out _);

    private static int _asked;

    /// <summary>Lets large blocks go as soon as they are freed, from now on.</summary>
    public static void MapLargeBlocks()
    {
        if (IsGlibc) _ = SetOption(MapThreshold, LargeBlock);
    }

    /// <summary>Gives back what lies free among the small blocks, in the background; asked for again before it has begun, it happens once.</summary>
    public static void TrimSoon()
    {
        if (IsGlibc && Interlocked.Exchange(ref _asked, 1) == 0) ThreadPool.UnsafeQueueUserWorkItem(_ => Trim(), null);
    }

    private static void Trim()
    {
        Volatile.Write(ref _asked, 0);
        _ = Trim(0);
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int SetOption(int option, int value);

    [LibraryImport("libc.so.6", EntryPoint = "malloc_trim")]
    private static partial int Trim(nint keep);
}
