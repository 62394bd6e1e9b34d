using System.Buffers;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Platform.Hosting.Errors;
using Platform.Inference.Protocol;
using Platform.Inference.Settings;

namespace Platform.Inference.Predictions;

/// <summary>Reads a request's body into one piece of pooled memory, within the limits for one request and for all together.</summary>
internal sealed class BodyReader(BodyBudget budget, IOptions<ServingOptions> options)
{
    private const int Step = 64 << 10;

    private readonly long _limit = options.Value.MaxBodyBytes;

    /// <summary>
    /// For the routes that read by it: the server's own limit would answer in words of its own, and close the connection on a larger body
    /// that is refused, so that a proxy loses the answer.
    /// </summary>
    public static DisableRequestSizeLimitAttribute HasOwnLimit { get; } = new();

    /// <summary>Refuses a body that says itself to be too large, as the gateway does, before anybody looks for the model; null where it may come.</summary>
    public Error? RefuseLength(HttpRequest request) => RefuseLength(request.ContentLength ?? 0);

    public Error? RefuseLength(long length) => length > _limit ? PredictionErrors.BodyTooLarge(_limit) : null;

    /// <summary>Fills <paramref name="body"/>; its bytes count until <see cref="Release"/>.</summary>
    /// <returns>Why the body is refused, or null.</returns>
    /// <exception cref="BadHttpRequestException">The client was too slow, or sent another length than it said.</exception>
    /// <exception cref="IOException">The client broke off.</exception>
    public async ValueTask<Error?> ReadAsync(HttpContext context, ByteBuffer body, ByteBuffer scratch)
    {
        if (!ContentCoding.TryFind(context.Request.Headers.ContentEncoding, out var coding))
            return PredictionErrors.UnknownCoding(context.Request.Headers.ContentEncoding.ToString());
        if (coding is null) return await ReadAsync(context, body);

        try
        {
            return await ReadAsync(context, scratch) ?? Decompress(coding, scratch, body);
        }
        finally
        {
            Release(scratch.Length);
            scratch.Clear();
        }
    }

    public void Release(long bytes) => budget.GiveBack(bytes);

    private async ValueTask<Error?> ReadAsync(HttpContext context, ByteBuffer body)
    {
        if (RefuseLength(context.Request) is { } tooLong) return tooLong;

        // A client that breaks off ends the read by itself; a token of its own would cost every request an allocation.
        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(CancellationToken.None);
            var refusal = Take(read.Buffer, body);
            reader.AdvanceTo(read.Buffer.End);
            if (refusal is not null || read.IsCompleted) return refusal;
        }
    }

    /// <summary>Adds a part to <paramref name="body"/>.</summary>
    /// <returns>Why it is refused, or null.</returns>
    public Error? Take(in ReadOnlySequence<byte> part, ByteBuffer body)
    {
        if (Reserve(part.Length, body) is { } refusal) return refusal;
        part.CopyTo(body.GetSpan((int)part.Length));
        body.Advance((int)part.Length);
        return null;
    }

    /// <summary>Fills <paramref name="body"/>, no further than the limits allow, however much the compressed bytes stand for.</summary>
    /// <returns>Why it is refused, or null.</returns>
    public Error? Decompress(ContentCoding coding, ByteBuffer compressed, ByteBuffer body)
    {
        try
        {
            using var stream = coding.Open(compressed);
            while (stream.Read(body.GetSpan(Step)[..Step]) is > 0 and var read)
            {
                if (Reserve(read, body) is { } refusal) return refusal;
                body.Advance(read);
            }

            return null;
        }
        catch (InvalidDataException)
        {
            return PredictionErrors.Malformed($"The body is not valid {coding.Name}.");
        }
    }

    private Error? Reserve(long bytes, ByteBuffer body)
    {
        if (body.Length + bytes > _limit) return PredictionErrors.BodyTooLarge(_limit);
        return budget.TryTake(bytes) ? null : PredictionErrors.Busy;
    }
}
