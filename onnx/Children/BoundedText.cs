using System.Text;

namespace Platform.Onnx.Children;

/// <summary>Reads all that a process writes and keeps the beginning.</summary>
internal static class BoundedText
{
    private const int MaxBytes = 16 << 10;

    public static string Read(Stream stream)
    {
        var (kept, block) = (new MemoryStream(), new byte[4 << 10]);
        while (ReadSome(stream, block) is > 0 and var read)
            kept.Write(block, 0, (int)Math.Min(read, MaxBytes - kept.Length));
        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length).Trim();
    }

    private static int ReadSome(Stream stream, byte[] block)
    {
        try
        {
            return stream.Read(block);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }
}
