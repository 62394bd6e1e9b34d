using Platform.Hosting.Errors;
using Platform.Inference.Models;

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
            return JobForm.Read(body, version, prediction);
        }
        finally
        {
            version.Predictions.Return(prediction);
            version.Release();
        }
    }
}
