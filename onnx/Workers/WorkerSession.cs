using Platform.Onnx.Sessions;

namespace Platform.Onnx.Workers;

/// <summary>
/// A model in a process of its own, which is started again when it dies. A run that it had in its hands then ends with a
/// <see cref="ModelWorkerException"/>; nothing else of this process notices.
/// </summary>
public sealed class WorkerSession : ModelSession
{
    private readonly WorkerKeeper _keeper;

    private WorkerSession(WorkerKeeper keeper) => _keeper = keeper;

    public override ModelSignature Signature => _keeper.Model.Signature;

    public override string Provider => _keeper.Model.Provider;

    public override IReadOnlyList<string> PassedOver => _keeper.Model.PassedOver;

    public override bool IsElsewhere => true;

    /// <summary>What has become of the process so far.</summary>
    public WorkerStatus Status => _keeper.Status;

    /// <summary>Loads a file in a new process.</summary>
    /// <exception cref="ModelLoadException">It cannot be loaded, or the process died over it.</exception>
    public static async Task<WorkerSession> LoadAsync(
        string path, SessionSettings settings, WorkerLimits limits, IWorkerWatch? watch, CancellationToken cancellationToken) =>
        new(await WorkerKeeper.StartAsync(path, settings, limits, watch, cancellationToken));

    public override ModelRunner CreateRunner() => new WorkerRunner(_keeper);

    public override void Dispose() => _keeper.Dispose();
}
