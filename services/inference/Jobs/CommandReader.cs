using System.Text;
using Platform.Contracts.Inference;
using Platform.Hosting.Errors;
using Platform.Hosting.Http;
using Platform.Hosting.Messaging;
using Platform.Inference.Callbacks;
using Platform.Inference.Predictions;

namespace Platform.Inference.Jobs;

/// <summary>Makes a job of a command that was published straight to the bus.</summary>
internal sealed class CommandReader(CallbackPolicy callbacks, TimeProvider time)
{
    private const int MaxNameLength = 100;

    /// <summary>The job and its body.</summary>
    /// <exception cref="UnusableCommandException">The command names no job, no model, or a job that is not known without saying what to run.</exception>
    public (JobRecord Job, byte[] Body) Read(SubmitPrediction command)
    {
        CheckNames(command);
        if (command.Request is not { } request)
            throw new UnusableCommandException($"The command carries no request, and there is no job '{command.JobId}'.");
        var body = Encoding.UTF8.GetBytes(request.GetRawText());
        return (Create(command, body.Length), body);
    }

    /// <summary>Why the job can only fail; null when it can be tried.</summary>
    public Error? Refuse(SubmitPrediction command)
    {
        if (command.PredictionId is { } id && !RequestIds.IsWellFormed(id)) return PredictionErrors.BadPredictionId;
        return command.Callback is null ? null : callbacks.Refuse(command.Callback);
    }

    private static void CheckNames(SubmitPrediction command)
    {
        if (!RequestIds.IsWellFormed(command.JobId))
            throw new UnusableCommandException("The command's jobId must hold 1 to 128 visible ASCII characters.");
        if (!IsName(command.Model) || command.Version is not (null or { Length: > 0 and <= MaxNameLength }))
            throw new UnusableCommandException("The command names no model, or a version that cannot be one.");
    }

    private static bool IsName(string model) => model.Length is > 0 and <= MaxNameLength && RequestIds.IsWellFormed(model);

    private JobRecord Create(SubmitPrediction command, long bytes)
    {
        var isRefused = Refuse(command) is not null;
        return new JobRecord
        {
            Id = command.JobId,
            PredictionId = isRefused || command.PredictionId is null ? command.JobId : command.PredictionId,
            Model = command.Model,
            Wanted = command.Version,
            RequestId = command.JobId,
            TraceId = System.Diagnostics.Activity.Current?.TraceId.ToHexString(),
            BodyBytes = bytes,
            CreatedAt = time.GetUtcNow(),
            Callback = isRefused || command.Callback is null ? null : new Callback(command.Callback),
        };
    }
}
