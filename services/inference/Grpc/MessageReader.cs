using System.Buffers;
using System.Buffers.Binary;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using Platform.Hosting.Errors;
using Platform.Inference.Predictions;
using Platform.Inference.Protocol;

namespace Platform.Inference.Grpc;

/// <summary>
/// Reads the messages of a call, each with a byte before it that says whether it is compressed and four for its length, within the limits
/// that bodies of HTTP requests have, too.
/// </summary>
internal sealed class MessageReader(BodyReader bodies)
{
    private const int PrefixBytes = 5;

    // Memory for a usual message, so that it does not move as its parts come.
    private const int AtOnce = 16 << 10;

    /// <summary>Reads the only message of a call; its bytes count until <see cref="Release"/>.</summary>
    /// <returns>Why there is none, or null.</returns>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<Error?> ReadOnlyAsync(HttpRequest request, ByteBuffer message)
    {
        var first = await ReadAsync(request, message);
        if (first.Refusal is not null || !first.IsRead) return first.Refusal ?? GrpcCallErrors.NoMessage;
        while (true)
        {
            var read = await request.BodyReader.ReadAsync(CancellationToken.None);
            request.BodyReader.AdvanceTo(read.Buffer.End);
            if (!read.Buffer.IsEmpty) return GrpcCallErrors.SeveralMessages;
            if (read.IsCompleted) return null;
        }
    }

    /// <summary>Reads the next message; its bytes count until <see cref="Release"/>.</summary>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<MessageRead> ReadAsync(HttpRequest request, ByteBuffer message)
    {
        var prefix = await ReadPrefixAsync(request.BodyReader);
        if (!prefix.IsRead) return new MessageRead(false, prefix.Refusal);
        if (FindCoding(request.Headers, prefix.IsCompressed, out var coding) is { } unknown) return new MessageRead(false, unknown);
        if (coding is null) return new MessageRead(true, await ReadContentAsync(request.BodyReader, prefix.Length, message));

        using var compressed = new ByteBuffer();
        try
        {
            var refusal = await ReadContentAsync(request.BodyReader, prefix.Length, compressed);
            return new MessageRead(true, refusal ?? bodies.Decompress(coding, compressed, message));
        }
        finally
        {
            bodies.Release(compressed.Length);
        }
    }

    public void Release(long bytes) => bodies.Release(bytes);

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private static async ValueTask<Prefix> ReadPrefixAsync(PipeReader body)
    {
        while (true)
        {
            var read = await body.ReadAsync(CancellationToken.None);
            if (read.IsCanceled || read.Buffer.Length < PrefixBytes)
            {
                var isEmpty = read.Buffer.IsEmpty;
                body.AdvanceTo(read.Buffer.Start, read.Buffer.End);
                if (read.IsCanceled) return default;
                if (read.IsCompleted) return new Prefix { Refusal = isEmpty ? null : GrpcCallErrors.CutOff };
                continue;
            }

            var prefix = Parse(read.Buffer.Slice(0, PrefixBytes));
            body.AdvanceTo(read.Buffer.GetPosition(PrefixBytes));
            return prefix;
        }
    }

    private static Prefix Parse(in ReadOnlySequence<byte> bytes)
    {
        Span<byte> prefix = stackalloc byte[PrefixBytes];
        bytes.CopyTo(prefix);
        return prefix[0] > 1
            ? new Prefix { Refusal = GrpcCallErrors.BadFlag }
            : new Prefix { IsRead = true, IsCompressed = prefix[0] == 1, Length = BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]) };
    }

    private static Error? FindCoding(IHeaderDictionary headers, bool isCompressed, out ContentCoding? coding)
    {
        coding = null;
        if (!isCompressed) return null;
        if (!ContentCoding.TryFind(headers.GrpcEncoding, out coding)) return PredictionErrors.UnknownCoding(headers.GrpcEncoding.ToString());
        return coding is null ? GrpcCallErrors.NoCoding : null;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    private async ValueTask<Error?> ReadContentAsync(PipeReader body, long length, ByteBuffer target)
    {
        if (bodies.RefuseLength(length) is { } tooLong) return tooLong;
        target.GetSpan((int)Math.Min(length, AtOnce)); // a message that is announced and does not come holds no more than this
        for (var left = length; left > 0;)
        {
            var read = await body.ReadAsync(CancellationToken.None);
            var part = read.Buffer.Slice(0, Math.Min(left, read.Buffer.Length));
            var refusal = bodies.Take(part, target);
            left -= part.Length;
            body.AdvanceTo(part.End);
            if (refusal is not null) return refusal;
            if (left > 0 && read.IsCompleted) return GrpcCallErrors.CutOff;
        }

        return null;
    }

    private readonly struct Prefix
    {
        public bool IsRead { get; init; }

        public bool IsCompressed { get; init; }

        public uint Length { get; init; }

        public Error? Refusal { get; init; }
    }
}

/// <summary>What came of reading a message: it is there, it is refused, or the caller sends no more.</summary>
internal readonly record struct MessageRead(bool IsRead, Error? Refusal);
