using Microsoft.Extensions.Options;

namespace Platform.Hosting.Scrubbing;

/// <summary>
/// Reads everything that a process has on its disk, slowly and again and again: a sector that goes bad is found while there is still a backup, or
/// memory, that has what was in it.
/// </summary>
internal sealed partial class Scrubber(
    IServiceProvider provider, IEnumerable<ScrubbedFiles> all, ScrubMetrics metrics, IOptions<ScrubOptions> options, TimeProvider time, ILogger<Scrubber> logger)
    : BackgroundService
{
    /// <summary>One pass over everything.</summary>
    public async Task PassAsync(CancellationToken cancellationToken)
    {
        foreach (var files in all)
            if (files.Find(provider) is { } scrubbed)
                await TryScrubAsync(files.Name, scrubbed, cancellationToken);
        metrics.Passed();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (options.Value.BytesPerSecond == 0) return;
        while (true)
        {
            await Task.Delay(options.Value.Interval, time, stoppingToken);
            await PassAsync(stoppingToken);
        }
    }

    /// <summary>What cannot be read now is read with the next pass; the others are meanwhile.</summary>
    private async Task TryScrubAsync(string name, IScrubbed files, CancellationToken cancellationToken)
    {
        var pace = new ScrubPace(options.Value.BytesPerSecond, time, bytes => metrics.Read(name, bytes));
        try
        {
            metrics.Found(name, await files.ScrubAsync(pace, cancellationToken));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            CannotScrub(logger, exception, name);
        }
    }

    [LoggerMessage(LogLevel.Warning, "The files of '{Files}' could not be read through; they are with the next pass")]
    private static partial void CannotScrub(ILogger logger, Exception exception, string files);
}
