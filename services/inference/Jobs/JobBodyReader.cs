using Microsoft.Extensions.Options;
using Platform.Hosting.Errors;
using Platform.Inference.Predictions;
using Platform.Inference.Protocol;

namespace Platform.Inference.Jobs;

/// <summary>Reads a job's body as that of an infer request is read, compressed or not, within the limit for jobs.</summary>
internal sealed class JobBodyReader(BodyReader bodies, IOptions<JobOptions> options)
{
    public async Task<Result<byte[]>> ReadAsync(HttpContext context)
    {
        var limit = options.Value.MaxBodyBytes;
        if (context.Request.Headers.ContainsKey(PredictionHeaders.JsonLength)) return JobErrors.BinaryOutput;
        if (context.Request.ContentLength > limit) return PredictionErrors.BodyTooLarge(limit);
        using var body = new ByteBuffer();
        using var scratch = new ByteBuffer();
        try
        {
            if (await bodies.ReadAsync(context, body, scratch) is { } refusal) return refusal;
            return body.Length > limit ? PredictionErrors.BodyTooLarge(limit) : body.Written.ToArray();
        }
        finally
        {
            bodies.Release(body.Length);
        }
    }
}
