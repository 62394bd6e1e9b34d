using Platform.Onnx.Isolation;
using Platform.Onnx.Pipelines;
using Platform.Onnx.Sessions;

namespace Platform.Onnx.Workers;

/// <summary>A model that is loaded where it is to run: the one way in which services load what requests reach.</summary>
/// <param name="Session">The model.</param>
/// <param name="Isolation">Where it runs, and why.</param>
public sealed record PlacedSession(ModelSession Session, IsolationDecision Isolation)
{
    /// <summary>Its worker; null where it has none.</summary>
    public WorkerStatus? Worker => (Session as WorkerSession)?.Status;

    /// <param name="path">The file.</param>
    /// <param name="settings">How it is loaded and run.</param>
    /// <param name="options">What the service's operator says of isolation.</param>
    /// <param name="wanted">What the version's metadata says of it; null for nothing.</param>
    /// <param name="vettedBy">The build that has let the file in; where it is not this one, the file is first loaded in a process of its own.</param>
    /// <param name="watch">Hears what becomes of a worker.</param>
    /// <param name="cancellationToken">Ends the loading in a worker.</param>
    /// <exception cref="ModelLoadException">The file cannot be loaded, or its worker died over it.</exception>
    public static async Task<PlacedSession> LoadAsync(string path, SessionSettings settings, IsolationOptions options, string? wanted,
        string? vettedBy, IWorkerWatch? watch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(options);
        path = Path.GetFullPath(path); // a worker lives in another folder
        if (vettedBy != FirstLoad.Build) await FirstLoad.TryAsync(path, options.MemoryBytes, cancellationToken);
        var decision = IsolationDecision.Of(options.Models, wanted, ModelFile.FindHazard(path));
        ModelSession session = decision.IsProcess
            ? await WorkerSession.LoadAsync(path, settings, options.Limits, watch, cancellationToken)
            : await ModestThread.RunAsync(() => ModelFile.Load(path, settings));
        return new PlacedSession(session, decision);
    }
}
