using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Explainer.Computing;
using Platform.Explainer.Explanations;
using Platform.Explainer.Settings;
using Platform.Hosting;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Jobs;

/// <summary>Runs one queued explanation.</summary>
internal sealed class JobRunner(SubjectFinder subjects, ExplanationEngine engine, IOptions<ExplainerOptions> options)
{
    public async Task<Result<Explanation>> RunAsync(ExplanationRecord job, CancellationToken cancellationToken)
    {
        var subject = await subjects.FindAsync(job.Model, job.Request!, cancellationToken);
        return subject.Succeeded(out var found, out var error)
            ? await engine.ExplainAsync(job.Id, found, job.Request!, options.Value.JobTimeLimit, cancellationToken)
            : error;
    }

    /// <summary>Reads a command's request by the same rules as a body over HTTP.</summary>
    public static Result<ExplanationRequest> Parse(JsonElement body)
    {
        try
        {
            var request = body.ValueKind == JsonValueKind.Object ? body.Deserialize<ExplanationRequest>(PlatformJson.Strict) : null;
            if (request is null)
                return Problems.Invalid("The command carries no request.");
            return ExplanationRules.Check(request) is { } error ? error : request;
        }
        catch (JsonException exception)
        {
            return JsonProblems.Describe(exception);
        }
    }
}
