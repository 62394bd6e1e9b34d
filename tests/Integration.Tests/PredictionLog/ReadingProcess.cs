using System.Collections.Concurrent;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Hosting.Defaults;
using Platform.Hosting.PredictionLog;
using Platform.TestKit;

namespace Platform.Integration.Tests.PredictionLog;

/// <summary>A process that reads the prediction log, as monitor does: it keeps what it read and the position behind it together.</summary>
internal sealed class ReadingProcess : IAsyncDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly ServiceProvider _provider;
    private readonly Task _reading;

    private ReadingProcess(ServiceProvider provider, ReadState state)
    {
        _provider = provider;
        Log = provider.GetRequiredService<IPredictionLogReader>();
        _reading = Task.Run(() => ReadAsync(state));
    }

    public IPredictionLogReader Log { get; }

    public static ReadingProcess Start(ReadState state, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var services = new ServiceCollection();
        services.AddSingleton<IConfiguration>(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services.AddLogging(logging => logging.ClearProviders());
        services.AddPredictionLogReader();
        return new ReadingProcess(services.BuildServiceProvider(), state);
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _reading;
        await _provider.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task ReadAsync(ReadState state)
    {
        try
        {
            await foreach (var batch in Log.ReadAsync("test", state.Position, _stopping.Token))
            {
                state.Add(batch);
                Log.Acknowledge("test", batch.Next);
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The test is over.
        }
    }
}

/// <summary>What a reader keeps across its restarts.</summary>
internal sealed class ReadState
{
    private readonly ConcurrentQueue<PredictionLogEntry> _entries = new();

    public LogPosition Position { get; private set; } = LogPosition.Beginning;

    public IReadOnlyList<PredictionLogEntry> Entries => [.. _entries];

    /// <summary>The ids in the order they were read, by model.</summary>
    public ILookup<string, int> ByModel => _entries.ToLookup(entry => entry.Model, entry => int.Parse(entry.Id));

    public void Add(PredictionLogBatch batch)
    {
        foreach (var entry in batch.Entries) _entries.Enqueue(entry);
        Position = batch.Next;
    }

    public Task AtLeastAsync(int count) => Eventually.TrueAsync(
        () => _entries.Count >= count, $"{count} records are read (so far {_entries.Count})");

    /// <summary>Each of the numbers 0 to <paramref name="count"/> - 1 once, and in order by model.</summary>
    public void AssertCompleteAndOrdered(int count)
    {
        Assert.Equal(Enumerable.Range(0, count), _entries.Select(entry => int.Parse(entry.Id)).Order());
        foreach (var ofModel in ByModel) Assert.Equal(ofModel.Order(), ofModel);
    }
}
