using Platform.Hosting.Errors;
using Platform.Inference.Models;
using Platform.Inference.Routing;

namespace Platform.Inference.Jobs;

/// <summary>The version that a job is for, and why that one.</summary>
internal sealed record JobTarget(string Version, string Route);

/// <summary>Says which version a job is for, and reads its body as that will later, to refuse at once what could only fail.</summary>
internal sealed class JobCheck(OnDemand onDemand, ModelTable models)
{
    public async Task<Result<JobTarget>> CheckAsync(JobSubmission submission, byte[] body, CancellationToken cancellationToken)
    {
        var (wanted, route) = Choose(submission);
        var found = await onDemand.AcquireAsync(submission.Model, wanted, cancellationToken);
        if (!found.Succeeded(out var version, out var unknown)) return unknown;
        return Refuse(version, body) is { } refusal ? refusal : new JobTarget(version.Version, route);
    }

    private (string? Wanted, string Route) Choose(JobSubmission submission)
    {
        var (model, wanted) = (submission.Model, submission.Version);
        if (models.Find(model)?.FindSplit(wanted) is not { } split) return (wanted, ModelEntry.RouteOf(wanted));
        var challenger = split.Traffic.ChooseChallenger(submission.RouteKey, submission.Role);
        return challenger is not null && split.IsLoaded(challenger) ? (challenger, RouteRole.Challenger) : (wanted, RouteRole.Champion);
    }

    private static Error? Refuse(LoadedVersion version, byte[] body)
    {
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
