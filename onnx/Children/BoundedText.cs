using System.Text;

namespace Platform.Onnx.Children;

/// <summary>Reads all that a process writes and keeps the beginning.</summary>
internal static class BoundedText
{
    private const int MaxBytes = 16 << 10;

    public static async Task<string> ReadAsync(Stream stream)
    {
        var (kept, block) = (new MemoryStream(), new byte[4 << 10]);
        while (await ReadSomeAsync(stream, block) is > 0 and var read)
            kept.Write(block, 0, (int)Math.Min(read, MaxBytes - kept.Length));
        return Encoding.UTF8.GetString(kept.GetBuffer(), 0, (int)kept.Length).Trim();
    }

    private static async Task<int> ReadSomeAsync(Stream stream, byte[] block)
    {
        try
        {
            return await stream.ReadAsync(block);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            return 0;
        }
    }
}
