using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Platform.Hosting.Documents.Sqlite;

/// <summary>
/// The checksum of a record: the first 8 bytes of a SHA-256 over all that it holds and what it is called, so that what lies in the place of
/// something else is told from it.
/// </summary>
internal sealed class RecordSeal : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    private RecordSeal(string kind) => With(Encoding.UTF8.GetBytes(kind));

    public static long OfDocument(string collection, byte[] id, long revision, byte[] fields, byte[] value)
    {
        using var seal = new RecordSeal("document");
        return seal.With(Encoding.UTF8.GetBytes(collection)).With(id).With(revision).With(fields).With(value).Sum();
    }

    public static long OfEvent(long sequence, byte[] type, byte[] key, byte[] at, byte[] data, byte[] traceParent)
    {
        using var seal = new RecordSeal("event");
        return seal.With(sequence).With(type).With(key).With(at).With(data).With(traceParent).Sum();
    }

    public static long OfAccount(string name, long count, long sum)
    {
        using var seal = new RecordSeal("account");
        return seal.With(Encoding.UTF8.GetBytes(name)).With(count).With(sum).Sum();
    }

    public void Dispose() => _hash.Dispose();

    private RecordSeal With(ReadOnlySpan<byte> part)
    {
        With(part.Length); // so that no two ways to divide the same bytes are the same
        _hash.AppendData(part);
        return this;
    }

    private RecordSeal With(long number)
    {
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        _hash.AppendData(bytes);
        return this;
    }

    private long Sum()
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        _hash.GetHashAndReset(hash);
        return BinaryPrimitives.ReadInt64LittleEndian(hash);
    }
}
