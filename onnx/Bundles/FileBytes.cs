using Microsoft.Win32.SafeHandles;

namespace Platform.Onnx.Bundles;

/// <summary>Bytes of a file that others read as well.</summary>
internal static class FileBytes
{
    /// <exception cref="InvalidDataException">The file ends before.</exception>
    public static byte[] Read(SafeFileHandle file, long start, long length)
    {
        var bytes = new byte[length];
        for (int done = 0, read; done < bytes.Length; done += read)
        {
            read = RandomAccess.Read(file, bytes.AsSpan(done), start + done);
            if (read == 0) throw new InvalidDataException("the file ends too early");
        }

        return bytes;
    }
}
