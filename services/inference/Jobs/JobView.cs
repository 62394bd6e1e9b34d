using System.Text.Json;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Work;
using Platform.Inference.Callbacks;

namespace Platform.Inference.Jobs;

/// <summary>A job as its owner sees it: the answer of <c>GET /v1/jobs/{id}</c>, the data of its events and the body of its callback.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="PredictionId">The prediction's id, for ground truth and explanations.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version that answered; null before.</param>
/// <param name="State">queued, running, succeeded, failed or cancelled.</param>
/// <param name="Attempts">How often it has been begun.</param>
/// <param name="CreatedAt">When it was submitted (UTC).</param>
/// <param name="FinishedAt">When it ended (UTC); null before.</param>
/// <param name="Result">The v2 infer response or, of rows by feature name, the answer to those; null without one.</param>
/// <param name="Error">Why there is no result; null otherwise.</param>
/// <param name="Callback">How far the telling of its end has come; null when nobody asked for it.</param>
internal sealed record JobView(string Id, string PredictionId, string Model, string? Version, [property: OneOf(typeof(WorkState))] string State, int Attempts,
    DateTimeOffset CreatedAt, DateTimeOffset? FinishedAt, [property: JsonShape(JobView.ResultShape)] JsonElement? Result, JobError? Error,
    Callback? Callback)
{
    private const string ResultShape = """{"oneOf":[{"type":"null"},{"$ref":"#/components/schemas/JobResult"}]}""";

    public static JobView Of(JobRecord job) => new(job.Id, job.PredictionId, job.Model, job.Version, job.State, job.Attempts,
        job.CreatedAt, job.FinishedAt, job.Result, job.Error, job.Callback);
}

/// <summary>The answer to a submission.</summary>
/// <param name="Id">The job's id.</param>
/// <param name="State">queued, or what has become of it when it was submitted before.</param>
internal sealed record JobReceipt(string Id, [property: OneOf(typeof(WorkState))] string State);
