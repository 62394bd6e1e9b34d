using System.Diagnostics;
using Platform.Supervisor.Keeping;
using Platform.Supervisor.Machine;

namespace Platform.Supervisor.Services;

/// <summary>One replica of a service: a process with a folder, a port and a log of its own.</summary>
internal sealed class ServiceProcess(Replica replica, PidFiles pids) : IUnit, IDisposable
{
    private const long LogBytes = 64 << 20;
    private const int KilledBySignal = 128;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(12);

    private Process? _process;

    public string Name => replica.Name;

    /// <summary>How often it has been started.</summary>
    public int Starts { get; private set; }

    public Task StartAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(replica.Folder);
        SetLogAside();
        _process?.Dispose();
        _process = Processes.Launch(["dotnet", replica.Program], replica.Log, replica.Folder, replica.Environment);
        pids.Write(Name, _process.Id);
        Starts++;
        return Task.CompletedTask;
    }

    public async Task<string> EndAsync(CancellationToken cancellationToken)
    {
        await _process!.WaitForExitAsync(cancellationToken);
        return _process.ExitCode > KilledBySignal
            ? $"was killed by signal {_process.ExitCode - KilledBySignal}"
            : $"ended with exit code {_process.ExitCode}, see {replica.Log}";
    }

    public async Task StopAsync()
    {
        if (_process is { HasExited: false })
        {
            await Processes.TerminateAsync(_process.Id);
            await WaitOrKillAsync(_process);
        }
        pids.Remove(Name);
    }

    public void Dispose() => _process?.Dispose();

    private static async Task WaitOrKillAsync(Process process)
    {
        using var deadline = new CancellationTokenSource(Patience);
        try
        {
            await process.WaitForExitAsync(deadline.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }

    private void SetLogAside()
    {
        var log = new FileInfo(replica.Log);
        if (log.Exists && log.Length > LogBytes) log.MoveTo($"{replica.Log}.1", overwrite: true);
    }
}
