using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Contracts.Inference;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Files;
using Platform.Hosting.PredictionLog.Packing;
using Platform.Hosting.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.PredictionLog;

public sealed class PredictionLogTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("prediction-log-").FullName;
    private readonly PredictionLogMetrics _metrics = new();
    private readonly CancellationTokenSource _deadline = new(Eventually.Patience);

    [Fact]
    public async Task Committed_records_are_read_in_the_order_they_were_appended()
    {
        using var log = Open();
        foreach (var id in Ids(0, 1200)) log.Append(Record(id));
        await log.CommitAsync(_deadline.Token);

        Assert.Equal(Ids(0, 1200), await ReadIdsAsync(log, LogPosition.Beginning, 1200));
    }

    [Fact]
    public async Task A_consumer_goes_on_behind_the_position_it_stored_after_a_restart()
    {
        LogPosition stored;
        using (var log = Open())
        {
            foreach (var id in Ids(0, 10)) log.Append(Record(id));
            await log.CommitAsync(_deadline.Token);
            stored = (await FirstBatchAsync(log)).Next;
            foreach (var id in Ids(10, 5)) log.Append(Record(id));
            await log.CommitAsync(_deadline.Token);
        }

        using var reopened = Open();

        Assert.Equal(Ids(10, 5), await ReadIdsAsync(reopened, stored, 5));
    }

    [Fact]
    public async Task A_record_that_was_not_committed_is_not_read()
    {
        using var log = Open();
        log.Append(Record("a"));
        await log.CommitAsync(_deadline.Token);
        log.Append(Record("b"));

        var batch = await FirstBatchAsync(log);

        Assert.Equal(["a"], batch.Entries.Select(entry => entry.Record.Id));
    }

    [Fact]
    public async Task An_entry_is_found_by_its_position()
    {
        using var log = Open();
        foreach (var id in Ids(0, 20)) log.Append(Record(id));
        await log.CommitAsync(_deadline.Token);
        var entry = (await FirstBatchAsync(log)).Entries[7];

        var found = await log.FindAsync(entry.Position, _deadline.Token);

        Assert.Equal("7", found!.Id);
    }

    [Fact]
    public async Task A_record_that_is_not_JSON_is_passed_over()
    {
        using var log = Open();
        log.Append("not json"u8);
        log.Append(Record("a"));
        await log.CommitAsync(_deadline.Token);

        Assert.Equal(["a"], await ReadIdsAsync(log, LogPosition.Beginning, 1));
    }

    [Fact]
    public async Task A_packed_record_is_read_as_JSON_and_a_damaged_one_passed_over()
    {
        byte[] json = [.. """{"id":"a","subject":"tiny"}"""u8];
        byte[] packed = [PackedRecord.Mark, (byte)RecordValue.Text, (byte)json.Length, .. json];
        using var log = Open();
        log.Append(packed);
        log.Append([.. packed, (byte)RecordValue.Single]); // no number follows
        log.Append([.. packed, (byte)RecordPhrase.End]); // not JSON
        log.Append(Record("b"));
        await log.CommitAsync(_deadline.Token);

        Assert.Equal(["a", "b"], await ReadIdsAsync(log, LogPosition.Beginning, 2));
    }

    [Fact]
    public async Task Beyond_the_disk_bound_the_oldest_records_go_and_reading_starts_with_the_oldest_kept()
    {
        using var log = Open(new PredictionLogOptions
            { PageBytes = 1 << 16, MemoryBytes = 1 << 18, SegmentBytes = 1 << 20, MaxDiskBytes = 1 << 22 });
        log.Acknowledge("slow", LogPosition.Beginning);
        foreach (var id in Ids(0, 6000)) log.Append(Record(id, padding: 1000));
        await log.CommitAsync(_deadline.Token);

        log.ApplyRetention();
        await log.CommitAsync(_deadline.Token);

        var first = (await FirstBatchAsync(log)).Entries[0].Record.Id;
        Assert.InRange(int.Parse(first), 1, 5999);
    }

    [Fact]
    public async Task While_the_disk_refuses_writes_the_memory_takes_what_it_can_and_later_all_of_that_is_written()
    {
        using var log = Open(new PredictionLogOptions { PageBytes = 1 << 16, MemoryBytes = 1 << 18, SegmentBytes = 1 << 20 });
        var refused = Directory.CreateDirectory(Path.Combine(_folder, "prediction-log", "fasterlog.log.1"));
        var taken = new List<string>();
        while (taken.Count < 10_000 && TryAppend(log, $"{taken.Count}")) taken.Add($"{taken.Count}");
        var commit = log.CommitAsync(_deadline.Token);
        Assert.InRange(taken.Count, 1000, 1500); // the first segment and the memory
        Assert.False(commit.IsCompleted);

        refused.Delete();
        await commit;
        log.Append(Record($"{taken.Count}"));
        await log.CommitAsync(_deadline.Token);

        Assert.Equal(Ids(0, taken.Count + 1), await ReadIdsAsync(log, LogPosition.Beginning, taken.Count + 1));
    }

    [Fact]
    public async Task A_log_that_cannot_be_written_can_be_closed_and_keeps_what_was_committed()
    {
        var small = new PredictionLogOptions { PageBytes = 1 << 16, MemoryBytes = 1 << 18, SegmentBytes = 1 << 20 };
        using (var log = Open(small))
        {
            log.Append(Record("committed"));
            await log.CommitAsync(_deadline.Token);
            Directory.CreateDirectory(Path.Combine(_folder, "prediction-log", "fasterlog.log.1"));
            while (TryAppend(log, "more")) continue;
        }

        Directory.Delete(Path.Combine(_folder, "prediction-log", "fasterlog.log.1"));
        using var reopened = Open(small);
        Assert.Equal(["committed"], await ReadIdsAsync(reopened, LogPosition.Beginning, 1));
    }

    [Fact]
    public async Task Records_are_numbered_from_one_along_the_log_and_across_restarts()
    {
        using (var log = Open())
        {
            Parallel.ForEach(Ids(0, 500), id => log.Append(Record(id)));
            await log.CommitAsync(_deadline.Token);
            foreach (var id in Ids(500, 20)) log.Append(Record(id));
            await log.CommitAsync(_deadline.Token);
        }

        using var reopened = Open();
        Assert.Equal(520, reopened.Records);
        reopened.Append(Record("last"));
        await reopened.CommitAsync(_deadline.Token);

        Assert.Equal(Enumerable.Range(1, 521).Select(n => (long)n), await ReadNumbersAsync(reopened, 521));
    }

    [Fact]
    public void What_was_not_committed_before_a_crash_is_not_counted()
    {
        using (var log = Open()) log.Append(Record("lost"));

        using var reopened = Open();

        Assert.Equal(0, reopened.Records);
    }

    [Fact]
    public async Task A_spool_keeps_only_what_has_not_been_forwarded()
    {
        var options = new PredictionLogOptions { PageBytes = 1 << 16, MemoryBytes = 1 << 18, SegmentBytes = 1 << 20 };
        options.Kafka.BootstrapServers = "127.0.0.1:1";
        using var log = Open(options);
        foreach (var id in Ids(0, 3000)) log.Append(Record(id, padding: 1000));
        await log.CommitAsync(_deadline.Token);

        await foreach (var batch in log.ReadAsync("test", LogPosition.Beginning, _deadline.Token))
            if (batch.Entries.FirstOrDefault(entry => entry.Id == "100") is { } acknowledged)
            {
                log.Acknowledge("test", acknowledged.Position);
                break;
            }
        log.ApplyRetention();

        Assert.InRange(int.Parse((await FirstBatchAsync(log)).Entries[0].Record.Id), 1, 100);
    }

    [Fact]
    public async Task Sizes_that_are_not_those_the_log_was_written_with_are_refused()
    {
        using (var log = Open())
        {
            log.Append(Record("a"));
            await log.CommitAsync(_deadline.Token);
        }

        var refusal = Assert.Throws<InvalidDataException>(() => Open(new PredictionLogOptions { PageBytes = 1 << 16 }));

        Assert.Contains("was written with PageBytes 4194304", refusal.Message);
    }

    [Fact]
    public void A_second_process_is_refused_the_same_folder()
    {
        using var log = Open();

        Assert.Throws<IOException>(() => Open());
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _deadline.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private FasterPredictionLog Open(PredictionLogOptions? options = null) => new(
        Options.Create(new StorageOptions { Directory = _folder }), Options.Create(options ?? new PredictionLogOptions()),
        _metrics, new DurableFiles(), TimeProvider.System, NullLogger<FasterPredictionLog>.Instance);

    private static IEnumerable<string> Ids(int first, int count) => Enumerable.Range(first, count).Select(id => id.ToString());

    private static byte[] Record(string id, int padding = 0) => JsonSerializer.SerializeToUtf8Bytes(
        new PredictionLogged { Id = id, Subject = "credit", Data = new PredictionData { RequestId = new string('x', padding) } },
        PlatformJson.Tolerant);

    private static bool TryAppend(FasterPredictionLog log, string id)
    {
        try
        {
            log.Append(Record(id, padding: 700));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<PredictionLogBatch> FirstBatchAsync(FasterPredictionLog log)
    {
        await foreach (var batch in log.ReadAsync("test", LogPosition.Beginning, _deadline.Token)) return batch;
        throw new InvalidOperationException("The log ended.");
    }

    private async Task<List<string>> ReadIdsAsync(FasterPredictionLog log, LogPosition after, int count)
    {
        var ids = new List<string>();
        await foreach (var batch in log.ReadAsync("test", after, _deadline.Token))
        {
            ids.AddRange(batch.Entries.Select(entry => entry.Record.Id));
            if (ids.Count >= count) break;
        }
        return ids;
    }

    private async Task<List<long>> ReadNumbersAsync(FasterPredictionLog log, int count)
    {
        var numbers = new List<long>();
        await foreach (var batch in log.ReadNumberedAsync("test", LogPosition.Beginning, _deadline.Token))
        {
            numbers.AddRange(batch.Entries.Select(entry => entry.Number));
            if (numbers.Count >= count) break;
        }
        return numbers;
    }
}
