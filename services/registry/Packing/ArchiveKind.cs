namespace Platform.Registry.Packing;

/// <summary>Kinds of archives, by how they begin. No ONNX file begins like a zip or gzip file; one that has the mark of a tar file where that has it is taken for one.</summary>
internal enum ArchiveKind
{
    None,
    Zip,
    Tar,
    Gzip,
}

internal static class ArchiveKinds
{
    private const int TarMark = 257;

    public static ArchiveKind Of(string path)
    {
        Span<byte> head = stackalloc byte[TarMark + 5];
        using var file = File.OpenRead(path);
        head = head[..file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false)];
        if (head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith("PK\u0005\u0006"u8)) return ArchiveKind.Zip;
        if (head.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B, 0x08])) return ArchiveKind.Gzip;
        return head.Length > TarMark && head[TarMark..].SequenceEqual("ustar"u8) ? ArchiveKind.Tar : ArchiveKind.None;
    }
}
