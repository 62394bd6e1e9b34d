using System.Text.Json;
using Platform.Contracts.Inference;
using Platform.Hosting.Errors;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.Requests;
using Platform.Inference.Routing;

namespace Platform.Inference.Jobs;

/// <summary>One attempt at a job: a prediction whose request came earlier, and whose answer is kept.</summary>
internal sealed class JobCall(byte[] body, JobOptions options, TimeProvider time, CancellationToken leaving) : IPredictionCall
{
    private string? _version;

    /// <summary>How the job ends, or why that cannot be told yet.</summary>
    public Result<JobOutcome> Result { get; private set; }

    /// <summary>Whether the job was stopped before it had an answer.</summary>
    public bool WasStopped { get; private set; }

    /// <summary>A job waits until there is room.</summary>
    public bool TriesAgain => true;

    public CancellationToken Leaving => leaving;

    /// <summary>Chosen when the job was submitted.</summary>
    public string? WantedRole => RouteRole.Champion;

    public BodyRead AgainForShadow => JobForm.Read;

    public Error? RefuseUnread() => null;

    public void Begin(LoadedVersion version, Prediction prediction, in PredictionFacts facts)
    {
        _version = version.Version;
        prediction.Begin(facts, leaving);
    }

    public ValueTask<Error?> ReadAsync(LoadedVersion version, Prediction prediction)
    {
        if (JobForm.Read(body, version, prediction) is { } refusal) return new(refusal);
        prediction.TakeInputs(body, version.Records);
        return default;
    }

    public void WriteAnswer(LoadedVersion version, Prediction prediction) => JobForm.WriteAnswer(body, version, prediction, time);

    public ValueTask<bool> SendAsync(Prediction prediction)
    {
        if (prediction.Answer.Length > options.MaxResultBytes)
        {
            Result = JobOutcome.Failed(JobErrors.ResultTooLarge(options.MaxResultBytes), _version);
            return new(true);
        }

        using var answer = JsonDocument.Parse(prediction.Answer.WrittenMemory);
        Result = JobOutcome.Succeeded(_version!, answer.RootElement.Clone());
        return new(true);
    }

    /// <summary>Without a version, or without room for the request, it may go better in a moment.</summary>
    public Task RefuseAsync(Error error)
    {
        Result = _version is null || PredictionErrors.IsForWantOfRoom(error) ? error : JobOutcome.Failed(error, _version);
        return Task.CompletedTask;
    }

    public void Release(Prediction prediction) => WasStopped = prediction.Status == PredictionStatus.Cancelled && leaving.IsCancellationRequested;
}
