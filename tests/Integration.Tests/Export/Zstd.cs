using System.Runtime.InteropServices;

namespace Platform.Integration.Tests.Export;

/// <summary>Reads what zstd has compressed, by the library's own means.</summary>
internal static class Zstd
{
    private const int MostBytes = 1 << 20;

    public static byte[] Decompress(byte[] compressed)
    {
        var plain = new byte[MostBytes];
        var length = ZSTD_decompress(plain, MostBytes, compressed, (nuint)compressed.Length);
        Assert.Equal(0u, ZSTD_isError(length));
        return plain[..(int)length];
    }

    [DllImport("libzstd.so.1")]
    private static extern nuint ZSTD_decompress(byte[] target, nuint capacity, byte[] source, nuint size);

    [DllImport("libzstd.so.1")]
    private static extern uint ZSTD_isError(nuint code);
}
