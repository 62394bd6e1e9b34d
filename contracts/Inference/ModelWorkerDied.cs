namespace Platform.Contracts.Inference;

/// <summary>
/// Sent by an inference process when the process of its own that ran a version died. The requests that it had in its hands have been
/// answered with an error; the version is loaded again by itself, and everything else goes on.
/// </summary>
public sealed record ModelWorkerDied : IEvent
{
    /// <summary>The model's name.</summary>
    public string Model { get; init; } = "";

    /// <summary>The version's number.</summary>
    public string Version { get; init; } = "";

    /// <summary>SHA-256 of the file, lower-case hex.</summary>
    public string Sha256 { get; init; } = "";

    /// <summary>
    /// <c>signal</c> (a fault in native code, or somebody's kill), <c>memory</c> (it had more than it may), <c>hung</c> (it did not stop a run
    /// that took too long), <c>fault</c> (it ended by itself) or <c>start</c> (it could not be started again). Others may come.
    /// </summary>
    public string Cause { get; init; } = "";

    /// <summary>The same for a person.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Runs of the model that it had in its hands.</summary>
    public int Runs { get; init; }

    /// <summary>How long it will be until it is started again, in milliseconds.</summary>
    public long RestartsInMs { get; init; }

    /// <summary>When it died (UTC).</summary>
    public DateTimeOffset At { get; init; }
}
