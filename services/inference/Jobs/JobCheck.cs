using Platform.Hosting.Errors;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.Protocol;

namespace Platform.Inference.Jobs;

/// <summary>Reads a job's body as the model will later, to refuse at once what could only fail.</summary>
internal sealed class JobCheck(OnDemand onDemand)
{
    public async Task<Error?> RefuseAsync(string model, string? versionOrAlias, byte[] body, CancellationToken cancellationToken)
    {
        var found = await onDemand.AcquireAsync(model, versionOrAlias, cancellationToken);
        if (!found.Succeeded(out var version, out var unknown)) return unknown;
        var prediction = version.Predictions.Rent();
        try
        {
            return Read(body, prediction.Request);
        }
        finally
        {
            version.Predictions.Return(prediction);
            version.Release();
        }
    }

    /// <summary>Reads <paramref name="body"/> into <paramref name="request"/>, or says why it is refused.</summary>
    public static Error? Read(byte[] body, InferRequest request)
    {
        if (!InferRequestReader.TryRead(body, jsonLength: null, request, out var problem)) return PredictionErrors.Malformed(problem);
        foreach (var output in request.Outputs)
            if (request.IsBinary(output)) return JobErrors.BinaryOutput;
        return null;
    }
}
