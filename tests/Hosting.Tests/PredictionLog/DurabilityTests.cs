using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Hosting.Defaults;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Files;
using Platform.Hosting.Storage;
using Platform.Hosting.Tests.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.PredictionLog;

/// <summary>When a record is on the disk, what is told of it, and who may wait for it.</summary>
public sealed class DurabilityTests : IDisposable
{
    /// <summary>Longer than any test waits.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private readonly CancellationTokenSource _deadline = new(Eventually.Patience);
    private readonly FailingFiles _files = new();

    [Fact]
    public async Task Who_waits_for_a_record_does_not_wait_for_the_interval()
    {
        await using var host = await StartAsync();
        var log = Log(host);

        for (var n = 0; n < 20; n++)
        {
            log.Append(Record(n));
            await log.DurableAsync(_deadline.Token);
            Assert.Equal(n + 1, OnDisk(host));
        }
    }

    [Fact]
    public async Task Many_who_wait_share_the_commits()
    {
        await using var host = await StartAsync();
        var log = Log(host);

        for (var n = 0; n < 640; n++) log.Append(Record(n));
        await Task.WhenAll(Enumerable.Range(0, 640).Select(_ => log.DurableAsync(_deadline.Token).AsTask()));

        Assert.Equal(640, OnDisk(host));
        Assert.InRange(CommitFiles.Find(FolderOf(host), new PredictionLogOptions()).Commit!.Info.CommitNum, 1, 3);
    }

    [Fact]
    public async Task Who_waits_while_the_disk_refuses_is_told_so()
    {
        await using var host = await StartAsync();
        var log = Log(host);

        _files.FailsFlushes = true;
        log.Append(Record(0));
        await Assert.ThrowsAsync<IOException>(() => log.DurableAsync(_deadline.Token).AsTask());
        _files.FailsFlushes = false;
        await Eventually.TrueAsync(() => log.Failure is null, "the disk takes it");
        await log.DurableAsync(_deadline.Token);

        Assert.Equal(1, OnDisk(host));
    }

    [Fact]
    public async Task So_many_bytes_are_committed_before_the_interval_ends()
    {
        await using var host = await StartAsync(("PredictionLog:CommitBytes", "65536"));
        var log = Log(host);

        for (var n = 0; n < 200; n++) log.Append(Record(n, padding: 1000));

        await Eventually.TrueAsync(() => OnDisk(host) > 0, "there are records on the disk");
    }

    [Fact]
    public async Task The_age_of_what_is_not_on_the_disk_is_told_and_commits_that_come_late_are_counted()
    {
        var time = new SteppedTime();
        await using var host = await StartAsync(time, ("PredictionLog:DurableWithin", "00:00:02"));
        var log = Log(host);
        var metrics = host.App.Services.GetRequiredService<PredictionLogMetrics>();

        log.Append(Record(0));
        time.Advance(TimeSpan.FromSeconds(3));
        log.Append(Record(1));
        Assert.Equal(TimeSpan.FromSeconds(3), log.AtRisk);
        await log.DurableAsync(_deadline.Token);
        await Eventually.TrueAsync(() => metrics.LateCommits == 1, "the commit is counted");
        Assert.Equal(TimeSpan.Zero, log.AtRisk);

        log.Append(Record(2));
        time.Advance(TimeSpan.FromSeconds(1));
        await log.DurableAsync(_deadline.Token);
        await Eventually.TrueAsync(() => log.AtRisk == TimeSpan.Zero, "the second commit has ended");
        Assert.Equal(1, metrics.LateCommits);
    }

    [Fact]
    public async Task What_a_commit_that_fails_was_to_bring_stays_at_risk()
    {
        var time = new SteppedTime();
        await using var host = await StartAsync(time);
        var log = Log(host);

        _files.FailsFlushes = true;
        log.Append(Record(0));
        await Assert.ThrowsAsync<IOException>(() => log.DurableAsync(_deadline.Token).AsTask());
        time.Advance(TimeSpan.FromSeconds(5));
        log.Append(Record(1));
        Assert.Equal(TimeSpan.FromSeconds(5), log.AtRisk);
        _files.FailsFlushes = false;
        await Eventually.TrueAsync(() => log.Failure is null, "the disk takes it");
        await log.DurableAsync(_deadline.Token);
        await Eventually.TrueAsync(() => log.AtRisk == TimeSpan.Zero, "all is on the disk");
    }

    public void Dispose() => _deadline.Dispose();

    private Task<TestHost> StartAsync(params (string Name, string Value)[] settings) => StartAsync(null, settings);

    private Task<TestHost> StartAsync(TimeProvider? time, params (string Name, string Value)[] settings) => TestHost.StartAsync(
        builder =>
        {
            builder.Configuration.AddInMemoryCollection(
                [new("PredictionLog:CommitInterval", $"{Interval}"), .. settings.Select(setting => KeyValuePair.Create(setting.Name, (string?)setting.Value))]);
            builder.AddPlatformDefaults("test").Services.AddSingleton<DurableFiles>(_files);
            if (time is not null) builder.Services.AddSingleton<TimeProvider>(time);
            builder.Services.AddPredictionLogWriter();
        },
        app => app.MapPlatformDefaults());

    private static FasterPredictionLog Log(TestHost host) => host.App.Services.GetRequiredService<FasterPredictionLog>();

    private static int OnDisk(TestHost host) => ForeignLog.Read(FolderOf(host), new PredictionLogOptions()).Count();

    private static string FolderOf(TestHost host) =>
        Path.Combine(host.App.Services.GetRequiredService<IOptions<StorageOptions>>().Value.Directory, "prediction-log");

    private static byte[] Record(int n, int padding = 1) =>
        System.Text.Encoding.UTF8.GetBytes($$"""{"id":"{{n}}","subject":"{{new string('x', padding)}}"}""");

    private sealed class SteppedTime : TimeProvider
    {
        private long _timestamp = 1;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Interlocked.Read(ref _timestamp);

        public void Advance(TimeSpan by) => Interlocked.Add(ref _timestamp, by.Ticks);
    }
}
