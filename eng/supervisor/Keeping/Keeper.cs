using System.Globalization;

namespace Platform.Supervisor.Keeping;

/// <summary>Starts a unit again whenever it ends, as an orchestrator would, and says so.</summary>
internal sealed class Keeper(IUnit unit, Action<string> say, TimeProvider time)
{
    private readonly BackOff _backOff = new();

    /// <summary>Keeps a unit that was started, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var started = time.GetTimestamp();
        while (!stopping.IsCancellationRequested)
        {
            var end = await unit.EndAsync(stopping);
            await PauseAsync(end, started, stopping);
            started = time.GetTimestamp();
            while (await TryStartAsync(stopping) is { } reason) await PauseAsync(reason, started, stopping);
            say($"{unit.Name} runs again");
        }
    }

    private async Task PauseAsync(string reason, long started, CancellationToken stopping)
    {
        var wait = _backOff.After(time.GetElapsedTime(started));
        say(string.Create(CultureInfo.InvariantCulture, $"{unit.Name} {reason}; starting it again in {wait.TotalSeconds:0.#} s"));
        await Task.Delay(wait, time, stopping);
    }

    private async Task<string?> TryStartAsync(CancellationToken stopping)
    {
        try
        {
            await unit.StartAsync(stopping);
            return null;
        }
        catch (StartFailedException exception)
        {
            return $"could not be started ({exception.Message.TrimEnd()})";
        }
    }
}
