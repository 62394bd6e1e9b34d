namespace Platform.Onnx.Sessions;

/// <summary>
/// A run that did not finish. The cause lies in the inputs (an index out of range, shapes that do not go together), in the
/// model, or in a run that was stopped (<see cref="Stopped"/>).
/// </summary>
public sealed class ModelRunException(string reason, bool stopped, Exception? inner = null) : Exception(reason, inner)
{
    /// <summary>True when the run was stopped from outside because it took too long.</summary>
    public bool Stopped { get; } = stopped;
}
