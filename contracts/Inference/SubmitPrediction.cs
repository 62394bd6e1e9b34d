using System.ComponentModel.DataAnnotations;
using System.Text.Json;

namespace Platform.Contracts.Inference;

/// <summary>
/// Asks inference for a prediction in the background, as <c>POST /v1/models/{m}/jobs</c> does; the answer is one
/// <see cref="PredictionCompleted"/> or <see cref="PredictionFailed"/>, and <c>GET /v1/jobs/{id}</c>.
/// </summary>
public sealed record SubmitPrediction : ICommand
{
    /// <summary>
    /// The job's id, chosen by the sender: 1 to 128 visible ASCII characters. A repeated id is answered once. When empty, the
    /// id of the message stands for it, as the sender wrote it.
    /// </summary>
    public string JobId { get; init; } = "";

    /// <summary>The model's name.</summary>
    [Required]
    public string Model { get; init; } = "";

    /// <summary>A version's number or an alias; the champion at the time of the run when absent.</summary>
    public string? Version { get; init; }

    /// <summary>The body of a v2 infer request, as JSON alone, or rows by feature name; its parameter <c>priority</c> counts. Absent for a job that is known already.</summary>
    public JsonElement? Request { get; init; }

    /// <summary>The id of the prediction, as in the header <c>x-prediction-id</c>; the job's id when absent.</summary>
    public string? PredictionId { get; init; }

    /// <summary>Where to POST the finished job; nowhere when absent.</summary>
    public string? Callback { get; init; }
}
