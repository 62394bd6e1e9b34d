using System.Globalization;
using System.Runtime.InteropServices;

namespace Platform.Onnx.Children;

/// <summary>
/// What a child process does to itself before it opens anything: bounds that it cannot lift again, nothing inherited but its three
/// standard streams, no core dump, and an end that comes with its parent's. Linux only; see setrlimit(2), prctl(2).
/// </summary>
internal static partial class Confinement
{
    private const string Library = "libc";

    private const int ProcessorTime = 0; // RLIMIT_CPU
    private const int FileSize = 1; // RLIMIT_FSIZE
    private const int Data = 2; // RLIMIT_DATA: since Linux 4.7 every private mapping that can be written to, not what is only reserved
    private const int CoreSize = 4; // RLIMIT_CORE

    private const int ParentDeathSignal = 1; // PR_SET_PDEATHSIG
    private const int Dumpable = 4; // PR_SET_DUMPABLE: core dumps that are piped to a program ignore RLIMIT_CORE
    private const int NoNewPrivileges = 38; // PR_SET_NO_NEW_PRIVS

    private const ulong Grace = 5; // at the soft limit comes SIGXCPU, which says what it is; at the hard one SIGKILL
    private const int Kill = 9;
    private const int FileSizeSignal = 25; // SIGXFSZ
    private const nint Ignore = 1; // SIG_IGN
    private const int GetDescriptorFlags = 1; // F_GETFD
    private const int CloseOnExec = 1; // FD_CLOEXEC

    /// <summary>
    /// Moves standard output to a descriptor that only the caller knows, and what native code prints to standard error.
    /// </summary>
    public static int KeepOutput()
    {
        var channel = Dup(1);
        _ = Dup2(2, 1);
        CloseInherited(channel);
        return channel;
    }

    public static void Apply(ChildCommand command)
    {
        _ = SetProcessGroup(0, 0); // the terminal's Ctrl-C is the parent's to judge
        _ = Control(ParentDeathSignal, Kill, 0, 0, 0);
        if (GetParent() != command.Parent) Exit(ChildExit.Failed); // it died before that was said
        File.WriteAllText("/proc/self/oom_score_adj", "800"); // the first to go where the machine runs out of memory
        _ = SetPriority(0, 0, command.Limits.Niceness);
        Limit(CoreSize, 0);
        if (!command.Limits.MayWriteFiles) RefuseWrites();
        if (command.Limits.ProcessorTime is { } time) Limit(ProcessorTime, (ulong)time.TotalSeconds, Grace);
        if (command.Limits.MemoryBytes is { } bytes) Limit(Data, (ulong)bytes);
        _ = Control(NoNewPrivileges, 1, 0, 0, 0);
        _ = Control(Dumpable, 0, 0, 0, 0);
    }

    [LibraryImport(Library, EntryPoint = "_exit")]
    public static partial void Exit(int code);

    /// <summary>What was open across the start of this program has no such flag; whatever the runtime has opened since then does.</summary>
    private static void CloseInherited(int channel)
    {
        foreach (var path in Directory.GetFiles("/proc/self/fd"))
        {
            var descriptor = int.Parse(Path.GetFileName(path), CultureInfo.InvariantCulture);
            if (descriptor <= 2 || descriptor == channel) continue;
            var flags = Fcntl(descriptor, GetDescriptorFlags);
            if (flags >= 0 && (flags & CloseOnExec) == 0) _ = Close(descriptor);
        }
    }

    /// <summary>
    /// Lets writing to a file fail, as on a full disk, rather than end the process by SIGXFSZ: ONNX Runtime 1.31 for Linux keeps a database of
    /// telemetry in the user's cache folder, opens it when its environment is made, and goes on without.
    /// </summary>
    private static void RefuseWrites()
    {
        _ = Handle(FileSizeSignal, Ignore);
        Limit(FileSize, 0);
    }

    private static void Limit(int resource, ulong value, ulong grace = 0)
    {
        var limit = new ResourceLimit { Soft = value, Hard = value + grace };
        if (SetLimit(resource, in limit) != 0)
            throw new InvalidOperationException($"Limit {resource} cannot be set to {value}: error {Marshal.GetLastPInvokeError()}.");
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct ResourceLimit
    {
        public ulong Soft;
        public ulong Hard;
    }

    [LibraryImport(Library, EntryPoint = "setrlimit", SetLastError = true)]
    private static partial int SetLimit(int resource, in ResourceLimit limit);

    [LibraryImport(Library, EntryPoint = "prctl")]
    private static partial int Control(int option, nuint first, nuint second, nuint third, nuint fourth);

    [LibraryImport(Library, EntryPoint = "signal")]
    private static partial nint Handle(int signal, nint handler);

    [LibraryImport(Library, EntryPoint = "setpgid")]
    private static partial int SetProcessGroup(int process, int group);

    [LibraryImport(Library, EntryPoint = "setpriority")]
    private static partial int SetPriority(int which, int who, int value);

    [LibraryImport(Library, EntryPoint = "getppid")]
    private static partial int GetParent();

    [LibraryImport(Library, EntryPoint = "dup")]
    private static partial int Dup(int descriptor);

    [LibraryImport(Library, EntryPoint = "dup2")]
    private static partial int Dup2(int from, int to);

    [LibraryImport(Library, EntryPoint = "close")]
    private static partial int Close(int descriptor);

    [LibraryImport(Library, EntryPoint = "fcntl")]
    private static partial int Fcntl(int descriptor, int command);
}
