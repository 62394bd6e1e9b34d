using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Onnx.Workers;

namespace Platform.Inference.Models;

/// <summary>Says what becomes of a version's worker, to the log and to others.</summary>
internal sealed class WorkerWatch(ModelVersionDescription version, ModelAnnouncer announcer, TimeProvider time, ILogger logger) : IWorkerWatch
{
    public void Died(WorkerDeath death)
    {
        logger.WorkerDied(version.Model, version.Version, death.Reason, death.Runs, death.Pause.TotalSeconds, death.Said);
        announcer.Announce(new ModelWorkerDied
        {
            Model = version.Model,
            Version = version.Version,
            Sha256 = version.Sha256,
            Cause = death.Cause,
            Reason = $"The process that runs the model {death.Reason}.",
            Runs = death.Runs,
            RestartsInMs = (long)death.Pause.TotalMilliseconds,
            At = time.GetUtcNow(),
        });
    }

    public void Returned(TimeSpan away) => logger.WorkerReturned(version.Model, version.Version, away.TotalMilliseconds);
}
