using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace Platform.Hosting.Tls;

/// <summary>All PEM files of the process that are read again when they change.</summary>
internal sealed class ReloadedFiles(IOptions<TlsOptions> options, TlsMetrics metrics, TimeProvider time, ILogger<ReloadedFiles> logger) : BackgroundService
{
    private readonly ConcurrentBag<Reloaded> _all = [];

    /// <summary>Why new content of some files was not taken; null when all was.</summary>
    public string? Degradation => _all.Select(files => files.Refusal).FirstOrDefault(refusal => refusal is not null) is { } refusal
        ? $"new content was not taken, the old stays: {refusal}"
        : null;

    /// <summary>A certificate with its key; null where no file is named.</summary>
    public ReloadedIdentity? OpenIdentity(string use, string? certificate, string? key)
    {
        if (string.IsNullOrEmpty(certificate) || string.IsNullOrEmpty(key)) return null;
        return Keep(new ReloadedIdentity(use, certificate, key, time));
    }

    /// <summary>Authorities to trust; null where no file is named.</summary>
    public ReloadedAuthorities? OpenAuthorities(string use, string? path) => string.IsNullOrEmpty(path) ? null : Keep(new ReloadedAuthorities(use, path));

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.LookInterval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
            foreach (var files in _all)
                if (files.Look() is { } taken) Tell(files, taken);
    }

    private T Keep<T>(T files) where T : Reloaded
    {
        _all.Add(files);
        metrics.Watch(files);
        return files;
    }

    private void Tell(Reloaded files, bool taken)
    {
        if (taken) TlsLog.Taken(logger, files.Use, files.NotAfter);
        else TlsLog.Refused(logger, files.Use, files.Refusal!);
    }
}
