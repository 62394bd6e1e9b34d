using System.Buffers;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Options;
using Platform.Hosting.Errors;
using Platform.Inference.Protocol;

namespace Platform.Inference.Predictions;

/// <summary>Reads a request's body into one piece of pooled memory, within the limits for one request and for all together.</summary>
internal sealed class BodyReader(BodyBudget budget, IOptions<ServingOptions> options)
{
    private readonly long _limit = options.Value.MaxBodyBytes;

    /// <returns>Why the body is refused, or null. The caller gives <c>body.Capacity</c>'s worth back by <see cref="Release"/>.</returns>
    /// <exception cref="BadHttpRequestException">The client broke off, was too slow, or sent another length than it said.</exception>
    public async ValueTask<Error?> ReadAsync(HttpContext context, ByteBuffer body)
    {
        if (context.Request.ContentLength > _limit) return PredictionErrors.BodyTooLarge(_limit);
        // The server's own limit would answer in words of its own.
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } feature) feature.MaxRequestBodySize = null;

        var reader = context.Request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(context.RequestAborted);
            var refusal = Take(read.Buffer, body);
            reader.AdvanceTo(read.Buffer.End);
            if (refusal is not null || read.IsCompleted) return refusal;
        }
    }

    public void Release(ByteBuffer body) => budget.GiveBack(body.Length);

    private Error? Take(in ReadOnlySequence<byte> part, ByteBuffer body)
    {
        if (body.Length + part.Length > _limit) return PredictionErrors.BodyTooLarge(_limit);
        if (!budget.TryTake(part.Length)) return PredictionErrors.Busy;
        foreach (var segment in part) body.Write(segment.Span);
        return null;
    }
}
