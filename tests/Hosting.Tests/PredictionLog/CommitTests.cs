using FASTER.core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Hosting.Defaults;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Files;
using Platform.Hosting.Storage;
using Platform.Hosting.Tests.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.PredictionLog;

/// <summary>What becomes of the log when the small files that hold its commits cannot be written, or are damaged.</summary>
public sealed class CommitTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly PredictionLogMetrics _metrics = new();
    private readonly CancellationTokenSource _deadline = new(Eventually.Patience);

    private string Log => _folder.File("prediction-log");

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_commit_that_cannot_be_written_is_repeated_and_until_then_nothing_counts_as_committed(bool isTorn)
    {
        var files = new FailingFiles();
        using var log = Open(files);
        await AppendAsync(log, 0, 10);

        (files.TearsAppends, files.FailsFlushes) = (isTorn, !isTorn);
        Append(log, 10, 5);
        var commit = log.CommitAsync(_deadline.Token);
        await Eventually.TrueAsync(() => log.Failure is not null, "the failure is told");
        Assert.False(commit.IsCompleted);
        using (var killed = Killed())
        using (var restarted = Open(null, killed.Path))
            Assert.InRange(restarted.Records, 10, 15);
        (files.TearsAppends, files.FailsFlushes) = (false, false);
        await commit;

        Assert.Null(log.Failure);
        Assert.Equal(Numbers(15), ReadAll(_folder.Path));
    }

    [Fact]
    public async Task A_log_that_is_closed_while_it_cannot_commit_says_so_and_keeps_the_last_commit()
    {
        var files = new FailingFiles();
        Task commit;
        using (var log = Open(files))
        {
            await AppendAsync(log, 0, 10);
            files.TearsAppends = true;
            Append(log, 10, 5);
            commit = log.CommitAsync(_deadline.Token);
            await Eventually.TrueAsync(() => log.Failure is not null, "the failure is told");
        }
        await Assert.ThrowsAsync<IOException>(() => commit);

        using var reopened = Open();
        Assert.Equal(15, reopened.Records); // those that no commit tells of are on the disk all the same
    }

    [Fact]
    public async Task A_third_file_that_cannot_be_removed_leaves_two_files_for_the_commits_behind_it()
    {
        using (var log = Open())
            for (var n = 0; n < 3; n++) await AppendAsync(log, n, 1);
        File.Copy(CommitFiles.All(Log)[0], CommitFiles.PathOf(Log, 90));
        var files = new FailingFiles { FailsDeletes = true };
        using (var log = Open(files))
        {
            Append(log, 3, 1);
            var commit = log.CommitAsync(_deadline.Token);
            await Eventually.TrueAsync(() => log.Failure is not null, "the failure is told");
            files.FailsDeletes = false;
            await commit;
            for (var n = 4; n < 8; n++) await AppendAsync(log, n, 1);
        }

        Assert.Equal(CommitFiles.Count, CommitFiles.All(Log).Count);
        Assert.Equal(Numbers(8), ReadAll(_folder.Path));
    }

    [Fact]
    public async Task A_commit_that_fails_is_counted_and_keeps_the_process_from_being_ready()
    {
        var files = new FailingFiles();
        await using var host = await TestHost.StartAsync(
            builder =>
            {
                builder.AddPlatformDefaults("test").Services.AddSingleton<DurableFiles>(files);
                builder.Services.AddPredictionLogWriter();
            },
            app => app.MapPlatformDefaults());
        var log = host.App.Services.GetRequiredService<FasterPredictionLog>();

        files.TearsAppends = true;
        Append(log, 0, 1);
        await Eventually.TrueAsync(async () => await ReadyAsync(host.Http) is (503, var said) && said.Contains("No space left"), "it is not ready");
        var metrics = await host.Http.GetStringAsync("/metrics");
        files.TearsAppends = false;
        await Eventually.TrueAsync(async () => await ReadyAsync(host.Http) is (200, _), "it is ready again");

        Assert.Matches("platform_prediction_log_write_failures_total({})? [1-9]", metrics);
    }

    [Theory]
    [InlineData("flipped", 0)]
    [InlineData("flipped", 1)]
    [InlineData("cut", 0)]
    [InlineData("cut", 1)]
    [InlineData("empty", 0)]
    [InlineData("empty", 1)]
    [InlineData("long", 0)]
    [InlineData("long", 1)]
    [InlineData("removed", 0)]
    [InlineData("removed", 1)]
    [InlineData("flipped", null)]
    [InlineData("removed", null)]
    public async Task A_damaged_commit_costs_no_record(string damage, int? which)
    {
        using (var log = Open())
            for (var n = 0; n < 6; n++) await AppendAsync(log, n * 10, 10);
        var files = CommitFiles.All(Log).OrderDescending().ToList();
        Assert.Equal(CommitFiles.Count, files.Count);
        foreach (var path in files.Where((_, n) => which is null || n == which)) Damage(path, damage);

        using (var reopened = Open())
        {
            Assert.Equal(60, reopened.Records);
            await AppendAsync(reopened, 60, 10);
        }

        Assert.Equal(Numbers(70), ReadAll(_folder.Path));
        using var again = Open();
        Assert.Equal(70, again.Records);
    }

    [Fact]
    public async Task Records_that_no_commit_tells_of_count_when_they_have_been_brought_to_the_disk()
    {
        using (var log = Open()) await AppendAsync(log, 0, 10);
        var files = new FailingFiles { FailsFlushes = true };
        using (var log = Open(files)) Assert.Equal(10, log.Records); // its commit tells of them
        foreach (var commit in CommitFiles.All(Log)) File.Delete(commit);

        Assert.Throws<IOException>(() => Open(files));

        files.FailsFlushes = false;
        using var again = Open(files);
        Assert.Equal(10, again.Records);
    }

    /// <summary>A log without its commits has lost them: else nobody could tell one that was killed early from one whose commits were deleted.</summary>
    [Fact]
    public void Both_commits_are_there_before_the_first_record()
    {
        using var log = Open();
        Append(log, 0, 5);

        Assert.Equal(CommitFiles.Count, CommitFiles.All(Log).Count);
        var found = CommitFiles.Find(Log, new PredictionLogOptions());
        Assert.Equal((LogCommit.FirstAddress, true), (found.Commit!.UntilAddress, found.IsLast));
    }

    [Fact]
    public async Task Each_byte_of_a_commit_is_checked()
    {
        using (var log = Open()) await AppendAsync(log, 0, 3);
        var content = File.ReadAllBytes(CommitFiles.Find(Log, new PredictionLogOptions()).Path!);

        for (var n = 0; n < content.Length; n++)
        {
            content[n] ^= 0x10;
            Assert.Null(CommitContent.Read(content, new PredictionLogOptions()));
            content[n] ^= 0x10;
        }
        Assert.NotNull(CommitContent.Read(content, new PredictionLogOptions()));
    }

    [Fact]
    public async Task A_commit_that_was_cut_off_anywhere_is_none_or_says_what_it_said()
    {
        using (var log = Open()) await AppendAsync(log, 0, 3);
        var content = File.ReadAllBytes(CommitFiles.Find(Log, new PredictionLogOptions()).Path!);
        var whole = CommitContent.Read(content, new PredictionLogOptions())!;

        for (var length = 0; length < content.Length; length++)
            if (CommitContent.Read(content.AsSpan(0, length), new PredictionLogOptions()) is { } cut)
                Assert.Equal((whole.UntilAddress, whole.Checkpoint), (cut.UntilAddress, cut.Checkpoint));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_log_of_an_earlier_build_goes_on_also_where_a_full_disk_has_left_its_last_commit_empty(bool hasEmpty)
    {
        WriteAsEarlier(25);
        if (hasEmpty) File.WriteAllBytes(Path.Combine(Log, "log-commits", "commit.3.0"), []);

        Assert.Equal(Numbers(25), ReadAll(_folder.Path));
        using (var log = Open())
        {
            Assert.Equal(25, log.Records);
            await AppendAsync(log, 25, 5);
        }

        Assert.Equal(Numbers(30), ReadAll(_folder.Path));
    }

    [Fact]
    public async Task An_earlier_build_finds_the_last_commit()
    {
        using (var log = Open())
            for (var n = 0; n < 5; n++) await AppendAsync(log, n * 10, 10);

        using var settings = new FasterLogSettings(Log) { PageSize = 4 << 20, MemorySize = 32 << 20, SegmentSize = 64 << 20 };
        using var earlier = new FasterLog(settings);

        Assert.Equal(50, LogCheckpoint.Read(earlier.RecoveredCookie, 0).Records);
        Assert.Equal(earlier.TailAddress, LogCheckpoint.Read(earlier.RecoveredCookie, 0).Address);
    }

    [Fact]
    public void Files_that_hold_no_record_and_have_no_commit_are_refused_and_left_as_they_are()
    {
        Directory.CreateDirectory(Log);
        File.WriteAllText(Path.Combine(Log, "fasterlog.log.0"), new string('x', 1000));

        var refusal = Assert.Throws<InvalidDataException>(() => Open());

        Assert.Contains("no record that can be read", refusal.Message);
        Assert.Equal(1000, new FileInfo(Path.Combine(Log, "fasterlog.log.0")).Length);
    }

    public void Dispose()
    {
        _metrics.Dispose();
        _deadline.Dispose();
        _folder.Dispose();
    }

    private FasterPredictionLog Open(DurableFiles? files = null, string? data = null) => new(
        Options.Create(new StorageOptions { Directory = data ?? _folder.Path }), Options.Create(new PredictionLogOptions()),
        _metrics, files ?? new DurableFiles(), TimeProvider.System, NullLogger<FasterPredictionLog>.Instance);

    private async Task AppendAsync(FasterPredictionLog log, int first, int count)
    {
        Append(log, first, count);
        await log.CommitAsync(_deadline.Token);
    }

    private static void Append(FasterPredictionLog log, int first, int count)
    {
        for (var n = first; n < first + count; n++) log.Append(Record(n));
    }

    /// <summary>A data folder as it would be, were the process killed at this moment.</summary>
    private TemporaryFolder Killed()
    {
        var copy = new TemporaryFolder();
        Directory.CreateDirectory(copy.File("prediction-log"));
        foreach (var path in Directory.GetFiles(Log).Where(path => Path.GetFileName(path) != "lock"))
            File.Copy(path, copy.File("prediction-log", Path.GetFileName(path)));
        return copy;
    }

    private static async Task<(int Status, string Said)> ReadyAsync(HttpClient http)
    {
        using var answer = await http.GetAsync("/health/ready");
        return ((int)answer.StatusCode, await answer.Content.ReadAsStringAsync());
    }

    private static byte[] Record(int n) => [.. System.Text.Encoding.UTF8.GetBytes($$"""{"id":"{{n}}","subject":"credit"}""")];

    /// <summary>What another process reads of the log in a data folder: the ids of the records.</summary>
    private static List<int> ReadAll(string data) =>
        [.. ForeignLog.Read(Path.Combine(data, "prediction-log"), new PredictionLogOptions())
            .Select(json => int.Parse(PredictionLogEntry.Read(LogPosition.Beginning, json!.Value).Id))];

    private static IEnumerable<int> Numbers(int count) => Enumerable.Range(0, count);

    /// <summary>As builds did that left the commits to FasterLog.</summary>
    private void WriteAsEarlier(int count)
    {
        Directory.CreateDirectory(Log);
        using var settings = new FasterLogSettings(Log) { PageSize = 4 << 20, MemorySize = 32 << 20, SegmentSize = 64 << 20 };
        using var log = new FasterLog(settings);
        for (var n = 0; n < count; n++)
        {
            log.Enqueue([.. BitConverter.GetBytes(n + 1L), .. Record(n)]); // without a checksum
            if (n == count - 1) log.CommitStrongly(out _, out _, spinWait: true, new LogCheckpoint(log.TailAddress, n + 1).Write());
        }
    }

    private static void Damage(string path, string damage)
    {
        using var file = new FileStream(path, FileMode.Open);
        switch (damage)
        {
            case "flipped":
                file.Position = 50;
                var flipped = (byte)(file.ReadByte() ^ 1);
                file.Position = 50;
                file.WriteByte(flipped);
                break;
            case "cut": file.SetLength(100); break;
            case "empty": file.SetLength(0); break;
            case "long": file.SetLength(1000); break;
            case "removed": File.Delete(path); break;
            default: throw new ArgumentOutOfRangeException(nameof(damage), damage, null);
        }
    }
}
