using Platform.Supervisor.Keeping;

namespace Platform.Supervisor.Servers;

/// <summary>RabbitMQ, PostgreSQL or Kafka: what its script in <c>eng/servers</c> starts, in the background, with pid files of its own.</summary>
/// <param name="name">Its name, and that of its pid file.</param>
/// <param name="script">The script.</param>
/// <param name="port">The port that clients use.</param>
/// <param name="data">The data folder of everything that runs here.</param>
/// <param name="companions">Further processes that the script starts for it.</param>
internal sealed class Server(string name, string script, int port, string data, params IReadOnlyList<string> companions) : IUnit
{
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

    private async Task RunAsync(IReadOnlyList<string> arguments, CancellationToken cancellationToken)
    {
        var said = Path.Combine(Directory.CreateDirectory(Path.Combine(data, "logs")).FullName, $"{Name}.{arguments[0]}.log");
        File.Delete(said);
        using var process = Processes.Launch(["bash", script, .. arguments], said, data, []);
        // A start that is given up is ended by the stop that follows; the script itself must not be broken off in the middle.
        await process.WaitForExitAsync(CancellationToken.None);
        cancellationToken.ThrowIfCancellationRequested();
        if (process.ExitCode != 0) throw new StartFailedException(await File.ReadAllTextAsync(said, CancellationToken.None));
        File.Delete(said);
    }
}
