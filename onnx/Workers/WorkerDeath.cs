using Platform.Onnx.Children;

namespace Platform.Onnx.Workers;

/// <summary>The end of a worker that nobody wanted.</summary>
/// <param name="Cause">One of <see cref="Causes"/>.</param>
/// <param name="Reason">The same for a person, the rest of a sentence: "was ended by signal 9 (SIGKILL)".</param>
/// <param name="Runs">Runs that it had in its hands.</param>
/// <param name="Pause">How long it will be until it is started again.</param>
/// <param name="Said">The beginning of what it wrote to standard error: for logs.</param>
public sealed record WorkerDeath(string Cause, string Reason, int Runs, TimeSpan Pause, string Said)
{
    /// <summary>A fault in native code, or somebody's kill.</summary>
    public const string Signal = "signal";

    /// <summary>It had more memory than it may.</summary>
    public const string Memory = "memory";

    /// <summary>It did not stop a run that it was told to stop.</summary>
    public const string Hung = "hung";

    /// <summary>It ended by itself, or answered what cannot be.</summary>
    public const string Fault = "fault";

    /// <summary>It could not be started again.</summary>
    public const string Start = "start";

    /// <summary>Every cause there is.</summary>
    public static IReadOnlyList<string> Causes { get; } = [Signal, Memory, Hung, Fault, Start];

    internal static string CauseOf(ChildEnd end) => end.Cause switch
    {
        ChildEndCause.Signal => Signal,
        ChildEndCause.Memory => Memory,
        _ => Fault,
    };
}

/// <summary>Hears what becomes of a worker. Called on a thread of the pool; must not throw.</summary>
public interface IWorkerWatch
{
    /// <summary>It died.</summary>
    void Died(WorkerDeath death);

    /// <summary>It works again.</summary>
    /// <param name="away">How long it did not.</param>
    void Returned(TimeSpan away);
}
