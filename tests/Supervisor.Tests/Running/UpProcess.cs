using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Platform.TestKit;

namespace Platform.Supervisor.Tests.Running;

/// <summary>What <c>./dev up</c> runs, as a child process. Should this process die, everything it started goes too.</summary>
internal sealed partial class UpProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = TimeSpan.FromMinutes(4);

    private readonly TemporaryFolder _data = new();
    private readonly StringBuilder _said = new();
    private readonly Process _process;

    private UpProcess(IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Program, "--data", _data.Path, "--port", "0", .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        StopWithThisProcess();
    }

    public Uri Address { get; private set; } = null!;

    /// <summary>Everything on the console so far.</summary>
    public string Said
    {
        get
        {
            lock (_said) return _said.ToString();
        }
    }

    public static async Task<UpProcess> StartAsync(params string[] arguments)
    {
        var up = new UpProcess(arguments);
        try
        {
            up.Address = await Eventually.ValueAsync(() => Task.FromResult(up.FindAddress()), "it says that it is ready", ReadyWithin);
            return up;
        }
        catch (Exception exception)
        {
            await up.DisposeAsync();
            throw new InvalidOperationException($"{exception.Message}\n{up.Said}", exception);
        }
    }

    /// <summary>The pids of everything that runs, by name.</summary>
    public IReadOnlyDictionary<string, int> Pids() => Directory.GetFiles(_data.File("run"), "*.pid")
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture));

    /// <summary>kill -9, and waits until it runs again.</summary>
    public async Task KillAsync(string name)
    {
        using var process = Process.GetProcessById(Pids()[name]);
        process.Kill();
        await Eventually.TrueAsync(() => Said.Contains($"{name} runs again", StringComparison.Ordinal), $"{name} runs again", TimeSpan.FromMinutes(2));
    }

    /// <summary>Asks it to stop, as Ctrl-C does, and answers its exit code.</summary>
    public async Task<int> StopAsync(TimeSpan within)
    {
        using var kill = Process.Start("kill", ["-INT", $"{_process.Id}"]);
        await _process.WaitForExitAsync().WaitAsync(within);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited) await StopAsync(TimeSpan.FromMinutes(3));
        _process.Dispose();
        _data.Dispose();
    }

    private static string Program => Repository.PathOf("eng", "supervisor", "bin",
        typeof(UpProcess).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration, "net10.0", "Platform.Supervisor.dll");

    private void StopWithThisProcess()
    {
        const string Watch = """exec >/dev/null 2>&1 </dev/null; tail --pid="$1" -f /dev/null; exec bash "$0" --data "$2" """;
        Process.Start("setsid", ["bash", "-c", Watch, Repository.PathOf("eng", "verbs", "down.sh"), $"{Environment.ProcessId}", _data.Path]);
    }

    private Uri? FindAddress()
    {
        if (_process.HasExited) throw new InvalidOperationException($"It ended with {_process.ExitCode}.");
        return ReadyLine().Match(Said) is { Success: true } match ? new Uri(match.Groups[1].Value) : null;
    }

    private void Hear(string? line)
    {
        if (line is null) return;
        lock (_said) _said.Append(line).Append('\n');
    }

    [GeneratedRegex("^ready (http://127\\.0\\.0\\.1:[0-9]+)$", RegexOptions.Multiline)]
    private static partial Regex ReadyLine();
}
