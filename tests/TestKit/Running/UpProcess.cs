using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;

namespace Platform.TestKit.Running;

/// <summary>
/// What <c>./dev up</c> runs, as a child process: the platform in distributed mode, with a process for each service on a real
/// RabbitMQ, PostgreSQL and Kafka. Should this process die, everything it started goes too.
/// </summary>
public sealed class UpProcess : IAsyncDisposable
{
    private static readonly TimeSpan ReadyWithin = 3 * Eventually.Patience;
    private static readonly TimeSpan StopsWithin = Eventually.Patience;

    private readonly TemporaryFolder _data = new();
    private PlatformProcess _process = null!;

    /// <summary>The gateway's address.</summary>
    public Uri Address => _process.Address;

    /// <summary>Its data folder.</summary>
    public string Data => _data.Path;

    /// <summary>Where the replicas' <c>/metrics</c> are, as Prometheus reads it.</summary>
    public string MetricsTargets => _data.File("run", "metrics.json");

    /// <summary>Where each replica listens, the gateway too.</summary>
    public IReadOnlyList<Uri> Replicas => [.. JsonNode.Parse(File.ReadAllText(MetricsTargets))!.AsArray()
        .SelectMany(group => group!["targets"]!.AsArray()).Select(target => new Uri($"http://{target}"))];

    /// <summary>The first key, with which its owner may do everything.</summary>
    public string BootstrapKey => File.ReadAllText(_data.File("bootstrap.key")).Trim();

    /// <summary>Starts it and waits until every service is ready. Services get the settings too.</summary>
    public static async Task<UpProcess> StartAsync(IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? settings = null)
    {
        var up = new UpProcess();
        up.StopWithThisProcess();
        up._process = await PlatformProcess.StartAsync(
            Repository.ProgramOf("eng/supervisor", "Platform.Supervisor.dll"), ["--data", up._data.Path, "--port", "0", .. arguments], settings, ReadyWithin);
        return up;
    }

    /// <summary>The pids of everything that runs, by name.</summary>
    public IReadOnlyDictionary<string, int> Pids() => Directory.GetFiles(_data.File("run"), "*.pid")
        .ToDictionary(file => Path.GetFileNameWithoutExtension(file), file => int.Parse(File.ReadAllText(file), CultureInfo.InvariantCulture));

    /// <summary>kill -9, and waits until it runs again.</summary>
    public async Task KillAsync(string name)
    {
        var said = TimesStartedAgain(name);
        using var process = Process.GetProcessById(Pids()[name]);
        process.Kill();
        await Eventually.TrueAsync(() => TimesStartedAgain(name) > said, $"{name} runs again");
    }

    /// <summary>Asks it to stop, as Ctrl-C and ./dev down do, and answers its exit code.</summary>
    public Task<int> StopAsync() => _process.StopAsync(StopsWithin);

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_process.IsRunning) await StopAsync();
        await _process.DisposeAsync();
        _data.Dispose();
    }

    private int TimesStartedAgain(string name) => _process.Output.Split('\n').Count(line => line == $"{name} runs again");

    private void StopWithThisProcess()
    {
        const string Watch = """exec >/dev/null 2>&1 </dev/null; tail --pid="$1" -f /dev/null; exec bash "$0" --data "$2" """;
        Process.Start("setsid", ["bash", "-c", Watch, Repository.PathOf("eng", "verbs", "down.sh"), $"{Environment.ProcessId}", _data.Path]);
    }
}
