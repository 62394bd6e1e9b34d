using System.IO.Compression;
using System.Text;
using MongoDB.Bson;

namespace Platform.Hosting.Documents.MongoDb;

/// <summary>
/// JSON as MongoDB keeps it: text, exactly as it was written (a BSON document would change 0.1, −0.0 and large numbers, and take
/// <c>$date</c> for a type). A document of MongoDB has at most 16 MiB: long text is packed by Brotli.
/// </summary>
internal static class MongoText
{
    private const int PackedFrom = 1 << 20;
    private const int MaxBytes = 15 << 20;

    public static BsonValue Of(string json)
    {
        if (json.Length < PackedFrom) return json;
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true)) brotli.Write(Encoding.UTF8.GetBytes(json));
        if (packed.Length > MaxBytes)
            throw new InvalidOperationException($"A document of {json.Length} characters is too large for MongoDB, even packed ({packed.Length} bytes).");
        return new BsonBinaryData(packed.ToArray());
    }

    /// <summary>The JSON, as UTF-8.</summary>
    public static byte[] Read(BsonValue value)
    {
        if (value.IsString) return Encoding.UTF8.GetBytes(value.AsString);
        using var brotli = new BrotliStream(new MemoryStream(value.AsByteArray), CompressionMode.Decompress);
        using var json = new MemoryStream();
        brotli.CopyTo(json);
        return json.ToArray();
    }
}
