using Platform.Supervisor.Keeping;
using Platform.Supervisor.Machine;

namespace Platform.Supervisor.Servers;

/// <summary>RabbitMQ, PostgreSQL or Kafka: what its script in <c>eng/servers</c> starts, in the background, with pid files of its own.</summary>
/// <param name="name">Its name, and that of its pid file.</param>
/// <param name="script">The script.</param>
/// <param name="port">The port that clients use.</param>
/// <param name="data">The data folder of everything that runs here.</param>
/// <param name="companions">Further processes that the script starts for it.</param>
internal sealed class Server(string name, string script, int port, string data, params IReadOnlyList<string> companions) : IUnit
{
    private const string Saying = "· ";
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(200);

    private readonly PidFiles _pids = new(Path.Combine(data, "run"));

    public string Name => name;

    public Task StartAsync(CancellationToken cancellationToken) => RunAsync(["start", data, $"{port}"], cancellationToken);

    public async Task<string> EndAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            foreach (var process in companions.Prepend(Name))
                if (_pids.Read(process) is not { } pid || !Processes.IsRunning(pid)) return process == Name ? "died" : $"lost its {process}";
            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    public Task StopAsync() => RunAsync(["stop", data], CancellationToken.None);

    /// <summary>Repeats what the script has said to whoever waits for it since the last time: lines that begin with a dot.</summary>
    private static int Tell(string said, int told)
    {
        if (!File.Exists(said)) return told;
        var lines = File.ReadAllText(said).Split('\n')[..^1];
        foreach (var line in lines.Skip(told).Where(line => line.StartsWith(Saying, StringComparison.Ordinal))) Terminal.Say(line[Saying.Length..]);
        return lines.Length;
    }

    private async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var said = Path.Combine(Directory.CreateDirectory(Path.Combine(data, "logs")).FullName, $"{Name}.{arguments[0]}.log");
        File.Delete(said);
        using var process = Processes.Launch(["bash", script, .. arguments], said, data, []);
        // A start that is given up is ended by the stop that follows; the script itself must not be broken off in the middle.
        var ended = process.WaitForExitAsync(CancellationToken.None);
        for (var told = 0; !ended.IsCompleted;)
        {
            await Task.WhenAny(ended, Task.Delay(PollInterval, CancellationToken.None));
            told = Tell(said, told);
        }
        cancellationToken.ThrowIfCancellationRequested();
        if (process.ExitCode != 0) throw new StartFailedException(await File.ReadAllTextAsync(said, CancellationToken.None));
        File.Delete(said);
    }
}
