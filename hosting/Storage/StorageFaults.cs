using System.Net.Sockets;

namespace Platform.Hosting.Storage;

/// <summary>Tells a disk that is full, read-only, gone or broken from what is a fault of the program. Numbers are errno of Linux.</summary>
internal static class StorageFaults
{
    /// <summary>An input or output error: what to give an <see cref="IOException"/> that says that the disk has failed.</summary>
    public const int Failed = 5; // EIO

    private static readonly HashSet<int> Full = [28, 122, 27, unchecked((int)0x80070070), unchecked((int)0x80070027)]; // ENOSPC, EDQUOT, EFBIG, those of Windows

    private static readonly HashSet<int> Unusable = [Failed, 30, 19, 6, 116, 107, 117]; // EROFS, ENODEV, ENXIO, ESTALE, ENOTCONN, EUCLEAN

    /// <summary>Whether there was no room on a disk.</summary>
    public static bool IsFull(Exception exception) => Any(exception, fault => fault is IOException && Full.Contains(fault.HResult));

    /// <summary>Whether a disk could not be used.</summary>
    public static bool IsUnusable(Exception exception) => Any(exception, fault => fault is UnauthorizedAccessException or DirectoryNotFoundException
        || (fault is IOException and not HttpIOException && Unusable.Contains(fault.HResult)));

    private static bool Any(Exception exception, Func<Exception, bool> isIt)
    {
        for (var fault = exception; fault is not null; fault = fault.InnerException!)
        {
            if (fault is SocketException) return false;
            if (isIt(fault)) return true;
        }
        return false;
    }
}
