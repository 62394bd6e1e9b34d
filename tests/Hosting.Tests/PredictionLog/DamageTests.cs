using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Files;
using Platform.Hosting.Scrubbing;
using Platform.Hosting.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.PredictionLog;

/// <summary>What becomes of the log and of those who read it when its files are damaged.</summary>
public sealed class DamageTests : IDisposable
{
    private const int Count = 5000;
    private const int PageBytes = 1 << 16;

    private readonly TemporaryFolder _folder = new();
    private readonly PredictionLogMetrics _metrics = new();
    private readonly CancellationTokenSource _deadline = new(Eventually.Patience);
    private readonly CountingLogger _logger = new();

    private string Segment => _folder.File("prediction-log", "fasterlog.log.0");

    /// <summary>Record numbers grow by one with each, so that a length, a number and a content lie at every place that is tried.</summary>
    [Theory]
    [InlineData("flip")]
    [InlineData("zeros")]
    [InlineData("ones")]
    public async Task A_damaged_entry_costs_at_most_two_records_of_which_its_readers_tell_once(string how)
    {
        await WriteAsync();
        for (var at = 3 * PageBytes + 4000; at < 3 * PageBytes + 4160; at += how == "flip" ? 3 : 16)
        {
            var before = File.ReadAllBytes(Segment);
            Damage(at, how);
            using (var log = Open())
            {
                _logger.Errors = 0;
                var read = await ReadAsync(log);
                var lost = Count - read.Count;
                Assert.InRange(lost, 1, 2);
                Assert.Equal(Numbers().Except(Lost(read)), read);
                Assert.Equal(read, await ReadAsync(log));
                Assert.Equal(2, _logger.Errors); // where, and how many
                Assert.Contains("damaged at 1 places", log.Degradation);
                Assert.Equal(lost, Exported().Count(record => record is null));
                Assert.Equal(Count, log.Records);
            }
            File.WriteAllBytes(Segment, before);
        }
    }

    [Fact]
    public async Task A_record_that_is_damaged_at_rest_is_told_before_anybody_reads_it()
    {
        await WriteAsync();
        using var log = Open();
        var bytes = 0L;
        Damage(3 * PageBytes + 4000, "ones");

        var pace = new ScrubPace(long.MaxValue, TimeProvider.System, read => bytes += read);
        Assert.Equal((1, 0), (await log.ScrubAsync(pace, _deadline.Token), await log.ScrubAsync(pace, _deadline.Token)));

        Assert.Contains("damaged at 1 places", log.Degradation);
        Assert.Equal(2, _logger.Errors);
        Assert.InRange(bytes, 2 * (new FileInfo(Segment).Length - PageBytes), long.MaxValue);
    }

    [Fact]
    public async Task A_page_of_zeros_costs_the_records_that_were_on_it()
    {
        await WriteAsync();
        using (var file = File.OpenHandle(Segment, access: FileAccess.Write)) RandomAccess.Write(file, new byte[PageBytes], 2 * PageBytes);

        using var log = Open();
        var read = await ReadAsync(log);

        Assert.InRange(Count - read.Count, 500, 2000);
        Assert.Equal(Count - read.Count, Exported().Count(record => record is null));
    }

    [Fact]
    public async Task What_is_damaged_at_the_end_costs_itself_and_no_number_is_given_twice()
    {
        await WriteAsync();
        long end;
        using (var log = Open()) end = long.Parse((await LastAsync(log)).Next.Token);
        Damage((int)end - 8, "flip");

        using (var log = Open())
        {
            Assert.InRange(log.Records, Count, Count + 100);
            var next = log.Records + 1;
            log.Append(Record(next));
            await log.CommitAsync(_deadline.Token);
            var read = await ReadAsync(log, next);
            Assert.Equal(next, read[^1]);
            Assert.Equal(Count, read.Count);
        }
    }

    [Fact]
    public async Task A_file_that_is_gone_is_told_and_readers_go_on_behind_it()
    {
        await WriteAsync(20_000);
        Assert.True(File.Exists(_folder.File("prediction-log", "fasterlog.log.1")));
        var last = Directory.GetFiles(_folder.File("prediction-log"), "fasterlog.log.*").Length - 1;
        Assert.True(last >= 1);
        File.WriteAllBytes(_folder.File("prediction-log", "fasterlog.log.0"), []);

        using var log = Open();
        var read = await ReadAsync(log, 20_000);

        Assert.InRange(read.Count, 1, 19_999);
        Assert.Equal(20_000, read[^1]);
        Assert.NotNull(log.Degradation);
    }

    [Theory]
    [InlineData("removed")]
    [InlineData("empty")]
    [InlineData("half")]
    public async Task Without_the_last_file_or_a_part_of_it_the_log_goes_on_behind_what_it_held(string how)
    {
        await WriteAsync();
        if (how == "removed") File.Delete(Segment);
        else
            using (var file = File.OpenHandle(Segment, access: FileAccess.Write)) RandomAccess.SetLength(file, how == "half" ? RandomAccess.GetLength(file) / 2 : 0);

        using var log = Open();
        Assert.InRange(log.Records, Count, long.MaxValue);
        var next = log.Records + 1;
        log.Append(Record(next));
        await log.CommitAsync(_deadline.Token);

        Assert.Equal(next, (await ReadAsync(log, next))[^1]);
        Assert.NotNull(log.Degradation);
    }

    [Fact]
    public async Task A_position_amid_a_record_goes_on_with_the_next()
    {
        await WriteAsync();
        using var log = Open();
        var third = (await LastAsync(log)).Entries;
        var amid = new LogPosition((long.Parse(third[2].Position.Token) + 9).ToString());

        await foreach (var batch in log.ReadAsync("astray", amid, _deadline.Token))
        {
            Assert.Equal(third[3].Id, batch.Entries[0].Id);
            break;
        }
        Assert.Null(await log.FindAsync(amid, _deadline.Token));
    }

    [Fact]
    public async Task A_damaged_record_is_not_found_as_another()
    {
        await WriteAsync();
        LogPosition position;
        using (var log = Open()) position = (await FirstAsync(log)).Entries[7].Position;
        Damage(int.Parse(position.Token) + 30, "flip");

        using var reopened = Open();

        Assert.Null(await reopened.FindAsync(position, _deadline.Token));
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _deadline.Dispose();
        _folder.Dispose();
    }

    private static PredictionLogOptions Small => new() { PageBytes = PageBytes, MemoryBytes = 1 << 18, SegmentBytes = 1 << 20 };

    private FasterPredictionLog Open() => new(
        Options.Create(new StorageOptions { Directory = _folder.Path }), Options.Create(Small), _metrics, new DurableFiles(), TimeProvider.System, _logger);

    private async Task WriteAsync(int count = Count)
    {
        using var log = Open();
        for (var n = 1; n <= count; n++) log.Append(Record(n));
        await log.CommitAsync(_deadline.Token);
    }

    /// <summary>As long as needs no padding in the file: every byte of it counts.</summary>
    private static byte[] Record(long n)
    {
        var padding = new string('.', 1 + ((8 - $"{n}".Length) % 4));
        return System.Text.Encoding.UTF8.GetBytes($$"""{"id":"{{n}}","subject":"credit","note":"some more{{padding}}"}""");
    }

    private void Damage(int at, string how)
    {
        var content = File.ReadAllBytes(Segment);
        if (how == "flip") content[at] ^= 0x40;
        else content.AsSpan(at, 16).Fill((byte)(how == "zeros" ? 0 : 0xFF));
        File.WriteAllBytes(Segment, content);
    }

    private static IEnumerable<long> Numbers() => Enumerable.Range(1, Count).Select(n => (long)n);

    private static IEnumerable<long> Lost(List<long> read) => Numbers().Except(read);

    private List<ReadOnlyMemory<byte>?> Exported() => [.. ForeignLog.Read(_folder.File("prediction-log"), Small)];

    private async Task<List<long>> ReadAsync(FasterPredictionLog log, long until = Count)
    {
        var ids = new List<long>();
        await foreach (var batch in log.ReadNumberedAsync("test", LogPosition.Beginning, _deadline.Token))
        {
            ids.AddRange(batch.Entries.Select(entry => long.Parse(entry.Entry.Id)));
            if (ids[^1] >= until) break;
        }
        return ids;
    }

    private async Task<PredictionLogBatch> FirstAsync(FasterPredictionLog log)
    {
        await foreach (var batch in log.ReadAsync("first", LogPosition.Beginning, _deadline.Token)) return batch;
        throw new InvalidOperationException("The log ended.");
    }

    private async Task<PredictionLogBatch> LastAsync(FasterPredictionLog log)
    {
        await foreach (var batch in log.ReadAsync("last", LogPosition.Beginning, _deadline.Token))
            if (long.Parse(batch.Entries[^1].Id) == Count)
                return batch;
        throw new InvalidOperationException("The log ended.");
    }

    private sealed class CountingLogger : ILogger<FasterPredictionLog>
    {
        public int Errors { get; set; }

        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (logLevel == LogLevel.Error) Errors++;
        }
    }
}
