using Platform.Contracts.Registry;
using Platform.Onnx.Workers;

namespace Platform.Explainer.Models;

/// <summary>Says in the log what becomes of a model's worker.</summary>
internal sealed class WorkerWatch(ModelVersionDescription version, ILogger logger) : IWorkerWatch
{
    public void Died(WorkerDeath death) =>
        ModelsLog.WorkerDied(logger, version.Model, version.Version, death.Reason, death.Runs, death.Pause.TotalSeconds, death.Said);

    public void Returned(TimeSpan away) => ModelsLog.WorkerReturned(logger, version.Model, version.Version, away.TotalMilliseconds);
}
