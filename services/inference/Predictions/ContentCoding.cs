using System.IO.Compression;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;
using Platform.Inference.Protocol;

namespace Platform.Inference.Predictions;

/// <summary>The compressions that bodies may come and go in.</summary>
internal sealed class ContentCoding
{
    /// <summary>Below this an answer fits into one packet anyway.</summary>
    private const int WorthIt = 1400;

    /// <summary>Those that there are.</summary>
    public static IReadOnlyList<ContentCoding> Known => All;

    private static readonly ContentCoding[] All =
    [
        new("gzip", stream => new GZipStream(stream, CompressionMode.Decompress),
            stream => new GZipStream(stream, CompressionLevel.Fastest, leaveOpen: true)),
        // What HTTP calls deflate has the zlib wrapper around it (RFC 9110, 8.4.1.2).
        new("deflate", stream => new ZLibStream(stream, CompressionMode.Decompress),
            stream => new ZLibStream(stream, CompressionLevel.Fastest, leaveOpen: true)),
    ];

    private readonly Func<Stream, Stream> _open;
    private readonly Func<Stream, Stream> _create;

    private ContentCoding(string name, Func<Stream, Stream> open, Func<Stream, Stream> create) =>
        (Name, _open, _create) = (name, open, create);

    /// <summary>All of them, as a header names them.</summary>
    public static string Names { get; } = string.Join(',', All.Select(coding => coding.Name).Prepend("identity"));

    public string Name { get; }

    /// <summary>The coding of a request's body; null where there is none. False when it is none of ours.</summary>
    public static bool TryFind(StringValues name, out ContentCoding? coding)
    {
        coding = name.Count == 0 ? null : Find(name.ToString());
        return coding is not null || name.Count == 0 || name.ToString().Equals("identity", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>The coding in which the caller would like an answer of this length; null for none.</summary>
    public static ContentCoding? Choose(IHeaderDictionary headers, int length)
    {
        var accepted = headers.AcceptEncoding;
        if (length < WorthIt || accepted.Count == 0) return null;
        if (!StringWithQualityHeaderValue.TryParseList([.. accepted.OfType<string>()], out var wishes)) return null;
        return wishes.Where(wish => wish.Quality is null or > 0).OrderByDescending(wish => wish.Quality ?? 1)
            .Select(wish => Find(wish.Value.Value)).FirstOrDefault(coding => coding is not null);
    }

    /// <summary>A stream of what lies compressed in <paramref name="bytes"/>.</summary>
    public Stream Open(ByteBuffer bytes) => Open(new MemoryStream(bytes.Array, 0, bytes.Length, writable: false));

    /// <summary>A stream of what comes compressed from <paramref name="bytes"/>.</summary>
    public Stream Open(Stream bytes) => _open(bytes);

    /// <summary>A stream that compresses into <paramref name="bytes"/>.</summary>
    public Stream Create(Stream bytes) => _create(bytes);

    /// <summary>Compresses <paramref name="source"/> into <paramref name="target"/>.</summary>
    public void Compress(ByteBuffer source, ByteBuffer target)
    {
        using var stream = _create(new ByteBufferStream(target));
        stream.Write(source.Written);
    }

    private static ContentCoding? Find(string? name) =>
        Array.Find(All, coding => coding.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}
