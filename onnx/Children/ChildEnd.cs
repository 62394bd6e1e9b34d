namespace Platform.Onnx.Children;

/// <summary>What a child process ended by.</summary>
public enum ChildEndCause
{
    /// <summary>It did what it had to do.</summary>
    Done,

    /// <summary>Its parent did not want it any more.</summary>
    Stopped,

    /// <summary>It took longer than it might.</summary>
    Time,

    /// <summary>It wanted more memory than it might have.</summary>
    Memory,

    /// <summary>A signal: a fault in native code, or somebody's kill.</summary>
    Signal,

    /// <summary>It gave up by itself.</summary>
    ExitCode,
}

/// <summary>How a child process ended.</summary>
/// <param name="Cause">What by.</param>
/// <param name="Code">The exit code, or the signal's number; 0 where there is neither.</param>
/// <param name="Said">The beginning of what it wrote to standard error: for logs, not for callers.</param>
public sealed record ChildEnd(ChildEndCause Cause, int Code, string Said)
{
    // Linux on x64 and on Arm64, see signal(7).
    private static readonly Dictionary<int, string> Signals = new()
    {
        [4] = "SIGILL", [6] = "SIGABRT", [7] = "SIGBUS", [8] = "SIGFPE", [9] = "SIGKILL", [11] = "SIGSEGV", [15] = "SIGTERM",
        [24] = "SIGXCPU", [25] = "SIGXFSZ", [31] = "SIGSYS",
    };

    private const int SignalBase = 128; // as .NET and shells number the end by a signal
    private const int KillSignal = 9;
    private const int ProcessorTimeSignal = 24;

    /// <summary>How it ended, in the words that follow a subject: "was ended by signal 11 (SIGSEGV)".</summary>
    public string Describe(ChildLimits limits)
    {
        ArgumentNullException.ThrowIfNull(limits);
        return Cause switch
        {
            ChildEndCause.Done => "came to its end",
            ChildEndCause.Stopped => "was stopped",
            ChildEndCause.Time when Code == ProcessorTimeSignal =>
                FormattableString.Invariant($"took more than {limits.ProcessorTime?.TotalSeconds:0.###} s of processor time"),
            ChildEndCause.Time => FormattableString.Invariant($"took longer than {limits.Time?.TotalSeconds:0.###} s"),
            ChildEndCause.Memory => FormattableString.Invariant($"needed more than {limits.MemoryBytes >> 20} MiB of memory"),
            ChildEndCause.Signal => FormattableString.Invariant($"was ended by signal {Code} ({Signals.GetValueOrDefault(Code, "no name")})"),
            _ => FormattableString.Invariant($"ended with exit code {Code}"),
        };
    }

    /// <summary>Reads the end from what the operating system says of it.</summary>
    /// <param name="exitCode">The exit code; 128 and the number of a signal.</param>
    /// <param name="killedFor">Why its parent killed it; null where it did not.</param>
    /// <param name="said">What it wrote to standard error.</param>
    internal static ChildEnd Of(int exitCode, ChildEndCause? killedFor, string said)
    {
        if (killedFor is { } cause && exitCode == SignalBase + KillSignal) return new ChildEnd(cause, 0, said);
        if (exitCode == ChildExit.OutOfMemory || IsRuntimeOutOfMemory(said)) return new ChildEnd(ChildEndCause.Memory, 0, said);
        return exitCode switch
        {
            0 => new ChildEnd(ChildEndCause.Done, 0, said),
            SignalBase + ProcessorTimeSignal => new ChildEnd(ChildEndCause.Time, ProcessorTimeSignal, said),
            > SignalBase => new ChildEnd(ChildEndCause.Signal, exitCode - SignalBase, said),
            _ => new ChildEnd(ChildEndCause.ExitCode, exitCode, said),
        };
    }

    /// <summary>The runtime aborts, and the C++ library does, where memory is refused at a place that cannot do without.</summary>
    private static bool IsRuntimeOutOfMemory(string said) =>
        said.StartsWith("Out of memory", StringComparison.Ordinal) || said.Contains("std::bad_alloc", StringComparison.Ordinal);
}
