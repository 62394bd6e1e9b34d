using System.Security.Cryptography;
using Platform.Hosting.Storage;
using Platform.Supervisor.Commands;
using Platform.Supervisor.Keeping;
using Platform.Supervisor.Machine;
using Platform.Supervisor.Services;

namespace Platform.Supervisor.Running;

/// <summary>One run of the platform: start everything, keep it, say that it is ready, stop it.</summary>
internal sealed class Session(
    CommandLine command, Fleet fleet, IReadOnlyList<Replica> replicas, Readiness readiness, Samples samples, PidFiles pids, MetricsTargets targets,
    IHostApplicationLifetime lifetime)
    : BackgroundService
{
    private const string Self = "up";

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            pids.Write(Self, Environment.ProcessId);
            targets.Write();
            SecretText.ReadOrCreate(command.ServiceSecret, () => RandomNumberGenerator.GetHexString(64));
            await fleet.StartAsync(stoppingToken);
            // Either may fail while the other goes on for ever.
            await foreach (var ended in Task.WhenEach(fleet.KeepAsync(stoppingToken), OpenAsync(stoppingToken))) await ended;
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
        catch (StartFailedException exception)
        {
            Terminal.Complain(exception.Message.TrimEnd());
            Environment.ExitCode = UpCommand.CannotRun;
            lifetime.StopApplication();
        }
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        Terminal.Say("stopping …");
        await base.StopAsync(cancellationToken);
        await fleet.StopAsync();
        targets.Remove();
        pids.Remove(Self);
    }

    private async Task OpenAsync(CancellationToken stoppingToken)
    {
        await readiness.WaitAsync(replicas, fleet.StartsOf, stoppingToken);
        await samples.RunAsync(stoppingToken);
    }
}
