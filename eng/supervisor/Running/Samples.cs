using Platform.Hosting.Management;
using Platform.SampleDriver.Seeding;
using Platform.SampleDriver.Traffic;
using Platform.Supervisor.Commands;
using Platform.Supervisor.Machine;

namespace Platform.Supervisor.Running;

/// <summary>The sample models and their traffic, unless an empty platform was asked for.</summary>
internal sealed class Samples(UpCommand command, IConfiguration settings, Seeder seeder, Replay replay)
{
    /// <summary>Registers them, announces the platform, and replays their traffic until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        var samples = command.Line.Empty ? [] : await SeedAsync(stoppingToken);
        Announcement.Print(command, settings.ManagementAddress(command.Address));
        await replay.RunAsync(samples, stoppingToken);
    }

    private async Task<IReadOnlyList<Sample>> SeedAsync(CancellationToken stoppingToken)
    {
        Terminal.Say("registering the samples …");
        return await seeder.TrySeedAsync(Terminal.Complain, stoppingToken);
    }
}
