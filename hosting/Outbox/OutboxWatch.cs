using Platform.Hosting.Documents;

namespace Platform.Hosting.Outbox;

/// <summary>
/// Knows how long the oldest event of a service has waited to be published. It looks at the documents, not at the dispatcher: whatever keeps
/// events from going out, in whichever process, is seen in each.
/// </summary>
internal sealed class OutboxWatch : BackgroundService
{
    /// <summary>Beyond this a process says that it is degraded.</summary>
    public static readonly TimeSpan Long = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(5);

    private readonly IDocumentStore _documents;
    private readonly TimeProvider _time;
    private readonly ILogger<OutboxWatch> _logger;
    private long _oldest;

    public OutboxWatch(string service, IDocumentStore documents, TimeProvider time, ILogger<OutboxWatch> logger)
    {
        (Service, _documents, _time, _logger) = (service, documents, time, logger);
        OutboxTelemetry.Watch(this);
    }

    public string Service { get; }

    /// <summary>Time since the oldest unpublished event was committed; zero when all are published. It grows between two looks.</summary>
    public TimeSpan Age
    {
        get
        {
            var oldest = Interlocked.Read(ref _oldest);
            if (oldest == 0) return TimeSpan.Zero;
            var age = _time.GetUtcNow() - new DateTimeOffset(oldest, TimeSpan.Zero);
            return age > TimeSpan.Zero ? age : TimeSpan.Zero;
        }
    }

    /// <summary>What a person is told when events wait for long; null when they do not.</summary>
    public string? Degradation() =>
        Age is var age && age > Long ? $"its oldest unpublished event has waited for {age.TotalSeconds:0} s" : null;

    /// <summary>Looks now.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        var position = await _documents.GetAsync<OutboxPosition>(OutboxPosition.Collection, OutboxPosition.Id, cancellationToken);
        var published = position?.Value.Sequence ?? 0;
        var waiting = await _documents.LastSequenceAsync(cancellationToken) > published
            ? await _documents.ReadEventsAsync(published, limit: 1, cancellationToken)
            : [];
        Interlocked.Exchange(ref _oldest, waiting.Count == 0 ? 0 : waiting[0].At.UtcTicks);
    }

    public override void Dispose()
    {
        OutboxTelemetry.Forget(this);
        base.Dispose();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, _time);
        try
        {
            do await TryLookAsync(stoppingToken);
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Stopping.
        }
    }

    private async Task TryLookAsync(CancellationToken stoppingToken)
    {
        try
        {
            await LookAsync(stoppingToken);
        }
#pragma warning disable CA1031 // whatever went wrong, the next look comes soon; what is known meanwhile grows older
        catch (Exception exception) when (!stoppingToken.IsCancellationRequested)
#pragma warning restore CA1031
        {
            OutboxLog.LookFailed(_logger, exception, Service);
        }
    }
}
