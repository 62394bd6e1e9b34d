using Microsoft.Extensions.Options;
using Platform.Hosting.Documents;

namespace Platform.Hosting.PredictionLog.Index;

/// <summary>
/// Follows the prediction log into the index. Each replica has an index of its own, in memory, of the whole log; what is stored is
/// a position before its oldest record, from which a restart of any of them builds it again.
/// </summary>
internal sealed class PredictionIndexer(
    IPredictionLogReader log,
    PredictionIndex index,
    IndexReader reader,
    IServiceProvider services,
    IOptions<PredictionIndexOptions> options,
    TimeProvider time,
    ILogger<PredictionIndexer> logger) : BackgroundService
{
    private const string Collection = "positions";
    private const string Document = "prediction-index";

    private static readonly TimeSpan RetryInterval = TimeSpan.FromSeconds(1);

    /// <summary>Where a log does not tell of its end: it comes with no record for so long.</summary>
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(3);

    private readonly DateTimeOffset _started = time.GetUtcNow();
    private readonly IDocumentStore _documents = services.GetRequiredKeyedService<IDocumentStore>(reader.Service);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Yield();
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FollowAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
#pragma warning disable CA1031 // an index that stopped growing would turn every later lookup into "not found"
            catch (Exception exception)
#pragma warning restore CA1031
            {
                PredictionIndexLog.FollowingFailed(logger, exception);
                await Task.Delay(RetryInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task FollowAsync(CancellationToken stoppingToken)
    {
        var stored = await _documents.GetAsync<IndexPosition>(Collection, Document, stoppingToken);
        var after = new LogPosition(stored?.Value.RebuildFrom ?? LogPosition.Beginning.Token);
        var nextStore = time.GetUtcNow();
        await using var batches = log.ReadAsync(reader.Consumer, after, stoppingToken).GetAsyncEnumerator(stoppingToken);
        while (await MoveNextAsync(batches, after, stoppingToken))
        {
            var batch = batches.Current;
            index.Add(batch.Entries, after);
            after = batch.Next;
            log.Acknowledge(reader.Consumer, batch.Next);
            if (!index.IsBuilt)
                index.IsBuilt = batch.Entries.Count > 0 && batch.Entries[^1].Time >= _started;
            if (time.GetUtcNow() < nextStore)
                continue;
            await StoreAsync(stoppingToken);
            nextStore = time.GetUtcNow() + options.Value.IndexStoreInterval;
        }
    }

    /// <summary>Goes on in the log, and notes when that has come to its end.</summary>
    private async Task<bool> MoveNextAsync(IAsyncEnumerator<PredictionLogBatch> batches, LogPosition after, CancellationToken stoppingToken)
    {
        if (index.IsBuilt)
            return await batches.MoveNextAsync();
        var isEnd = log.IsEnd(after);
        if (isEnd is true)
            index.IsBuilt = true;
        var next = batches.MoveNextAsync().AsTask();
        if (isEnd is null && await Task.WhenAny(next, Task.Delay(Quiet, time, stoppingToken)) != next)
            index.IsBuilt = true;
        return await next;
    }

    private async Task StoreAsync(CancellationToken stoppingToken)
    {
        if (index.RebuildFrom is { } from)
        {
            var batch = new DocumentBatch().Put(Collection, Document, new IndexPosition(from.Token), expectedRevision: null);
            await _documents.CommitAsync(batch, stoppingToken);
        }
    }

    /// <summary>What is stored about the index.</summary>
    /// <param name="RebuildFrom">Position in the log to read from after a restart.</param>
    private sealed record IndexPosition(string RebuildFrom);
}
