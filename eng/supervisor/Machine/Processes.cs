using System.Diagnostics;

namespace Platform.Supervisor.Machine;

/// <summary>Processes by their number, as Linux shows them.</summary>
internal static class Processes
{
    /// <summary>Whether the process runs; one that has ended and was not yet collected does not.</summary>
    public static bool IsRunning(int pid)
    {
        try
        {
            // "pid (name) state …"; the name may hold anything.
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return stat[(stat.LastIndexOf(')') + 2)..] is not ['Z' or 'X', ..];
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Asks a process to stop.</summary>
    public static async Task TerminateAsync(int pid)
    {
        using var kill = Process.Start(new ProcessStartInfo("kill", ["-TERM", $"{pid}"]) { RedirectStandardError = true })!;
        // It may have ended by itself in the meantime, which is as good.
        await kill.WaitForExitAsync();
    }

    /// <summary>
    /// Starts a program in a session of its own, so that Ctrl-C reaches this process alone, with its output in a file. Its number
    /// is the program's: nothing forks on the way.
    /// </summary>
    public static Process Launch(IEnumerable<string> command, string log, string folder, IEnumerable<KeyValuePair<string, string>> environment)
    {
        const string Exec = """log=$1; shift; exec setsid "$@" >>"$log" 2>&1 </dev/null""";
        var start = new ProcessStartInfo("bash", ["-c", Exec, "-", log, .. command]) { WorkingDirectory = folder };
        foreach (var (name, value) in environment) start.Environment[name] = value;
        return Process.Start(start)!;
    }
}
