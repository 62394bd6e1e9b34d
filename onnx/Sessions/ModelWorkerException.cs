namespace Platform.Onnx.Sessions;

/// <summary>
/// A run that was not answered because the process that runs the model is not there: it died with the run in its hands, or it has not come
/// back from an earlier death.
/// </summary>
/// <param name="reason">What happened, for a person.</param>
/// <param name="retryAfter">
/// When the process comes back, where the run had not begun; null where the process died over it, so that the run may be the cause.
/// </param>
public sealed class ModelWorkerException(string reason, TimeSpan? retryAfter = null) : Exception(reason)
{
    /// <summary>When it may be tried again; null where the run was in the process's hands when it died.</summary>
    public TimeSpan? RetryAfter { get; } = retryAfter;
}
