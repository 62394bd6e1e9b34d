using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;

namespace Platform.Bench.References;

/// <summary>A .NET program pinned to one core; killed when disposed.</summary>
internal sealed class ChildProcess : IDisposable
{
    public const int ServerCore = 0;
    public const int LoadCore = 1;

    private readonly Process _process;

    private ChildProcess(Process process) => _process = process;

    public static ChildProcess Start(int core, string dll, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null)
    {
        // What shares the load's core gives way to it, so that the load never waits.
        var niceness = core == LoadCore ? "19" : "0";
        return Start(["nice", "-n", niceness], core, dll, arguments, environment);
    }

    /// <summary>Starts a program that runs only when nothing else wants the core (<c>SCHED_IDLE</c>).</summary>
    public static ChildProcess StartIdlePriority(int core, string dll, IReadOnlyList<string> arguments) =>
        Start(["chrt", "--idle", "0"], core, dll, arguments);

    private static ChildProcess Start(IReadOnlyList<string> priority, int core, string dll, IReadOnlyList<string> arguments,
        IReadOnlyDictionary<string, string>? environment = null)
    {
        string[] command = [.. priority, "taskset", "-c", core.ToString(CultureInfo.InvariantCulture), "dotnet", dll, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
            { RedirectStandardInput = true, RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(dll)! };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>()) start.Environment[name] = value;
        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Gives the process a line and returns the line that it answers.</summary>
    public async Task<string> AskAsync(string line)
    {
        await _process.StandardInput.WriteLineAsync(line);
        await _process.StandardInput.FlushAsync();
        return await _process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("The child ended before it answered.");
    }

    /// <summary>Waits until something listens on the port. What the child prints from here on is thrown away.</summary>
    public async Task ListeningAsync(int port)
    {
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!await AcceptsAsync(port))
        {
            if (_process.HasExited) throw new InvalidOperationException($"The child ended with {_process.ExitCode} before it listened.");
            await Task.Delay(50, deadline.Token);
        }
    }

    /// <summary>Processor time used so far; the share of a core over an interval says whether the server was the bottleneck.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            _process.Refresh();
            return _process.TotalProcessorTime;
        }
    }

    /// <summary>Memory of the process that lies in the machine's, in bytes.</summary>
    public long ResidentBytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    public void Dispose()
    {
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        _process.WaitForExit();
        _process.Dispose();
    }

    private static async Task<bool> AcceptsAsync(int port)
    {
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
