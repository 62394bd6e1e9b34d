using System.Text.Json;
using Platform.Standalone.Seeding;
using Platform.Standalone.Traffic;
using Platform.Supervisor.Commands;

namespace Platform.Supervisor.Running;

/// <summary>The sample models and their traffic, unless an empty platform was asked for.</summary>
internal sealed class Samples(UpCommand command, Seeder seeder, Replay replay)
{
    /// <summary>Registers them, announces the platform, and replays their traffic until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stoppingToken)
    {
        var samples = command.Line.Empty ? [] : await SeedAsync(stoppingToken);
        Announcement.Print(command);
        await replay.RunAsync(samples, stoppingToken);
    }

    /// <summary>The platform runs without its samples too, so a failure is told and no more.</summary>
    private async Task<IReadOnlyList<Sample>> SeedAsync(CancellationToken stoppingToken)
    {
        Terminal.Say("registering the samples …");
        try
        {
            return await seeder.SeedAsync(stoppingToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutException or IOException or JsonException)
        {
            Terminal.Complain($"the samples could not be registered: {exception.Message}");
            return [];
        }
    }
}
