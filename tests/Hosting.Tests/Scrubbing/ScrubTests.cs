using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Defaults;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.Scrubbing;
using Platform.Hosting.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Scrubbing;

/// <summary>What becomes of files that are damaged while a process has them, before anybody asks for what is in them.</summary>
public sealed class ScrubTests : IDisposable
{
    private const long Rate = 1 << 16;
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();
    private readonly AddedTime _time = new();
    private long _read;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Files_are_read_no_faster_than_they_may_be()
    {
        var artifacts = Artifacts();
        await PutAsync(artifacts, new byte[10 * Rate]);

        Assert.Equal(0, await artifacts.ScrubAsync(Pace(), None));

        Assert.Equal(10 * Rate, _read);
        Assert.Equal(10, _time.Waited.TotalSeconds, 0.2);
    }

    [Theory]
    [InlineData("flip")]
    [InlineData("delete")]
    public async Task A_document_that_is_damaged_at_rest_is_told_and_saved_again(string how)
    {
        await using var store = await OpenAsync();
        var path = _folder.File("documents", "notes", "b.json");
        var whole = File.ReadAllBytes(path);
        byte[] bad = [.. whole];
        bad[whole.Length / 2] ^= 4;
        if (how == "flip") File.WriteAllBytes(path, bad);
        else File.Delete(path);

        Assert.Equal(1, await store.ScrubAsync(Pace(), None));

        Assert.Contains("documents/notes/b.json", store.Degradation);
        await Eventually.TrueAsync(() => File.Exists(path) && File.ReadAllBytes(path).AsSpan().SequenceEqual(whole), "the document is saved again");
        if (how == "flip") Assert.Equal(bad, File.ReadAllBytes(Directory.GetFiles(_folder.File("damaged"), "*b.json").Single()));
        Assert.Equal(0, await store.ScrubAsync(Pace(), None));
    }

    [Fact]
    public async Task An_event_that_is_damaged_at_rest_is_told()
    {
        await using var store = await OpenAsync();
        var path = _folder.File("events", $"{1:d19}.jsonl");
        var content = File.ReadAllBytes(path);
        content[100] ^= 4;
        File.WriteAllBytes(path, content);

        Assert.InRange(await store.ScrubAsync(Pace(), None), 1, 2); // the line, and the event that is missing by it

        Assert.Contains("events/", store.Degradation);
    }

    [Fact]
    public async Task An_artifact_that_is_damaged_at_rest_is_set_aside()
    {
        var artifacts = Artifacts();
        var stored = await PutAsync(artifacts, [1, 2, 3]);
        await PutAsync(artifacts, [4, 5, 6]);
        File.WriteAllBytes(stored.Path, [1, 2, 4]);

        Assert.Equal(1, await artifacts.ScrubAsync(Pace(), None));

        Assert.Equal([stored.Sha256], artifacts.Damaged);
        Assert.Equal(0, await artifacts.ScrubAsync(Pace(), None));
    }

    [Fact]
    public async Task What_is_written_meanwhile_is_not_taken_for_damaged()
    {
        await using var store = await OpenAsync();
        var writing = Task.Run(async () =>
        {
            for (var n = 0; n < 300; n++)
            {
                var batch = new DocumentBatch().Put("notes", $"{n % 7}", n, null).Delete("notes", $"{(n + 3) % 7}");
                await store.CommitAsync(batch.Publish("m", new ModelPromoted { Model = "m", Version = $"{n}" }), None);
            }
        });

        while (!writing.IsCompleted) Assert.Equal(0, await store.ScrubAsync(Pace(), None));
        await writing;

        Assert.Null(store.Degradation);
    }

    [Fact]
    public async Task A_process_reads_what_it_has_and_tells_how_much_when_and_what_it_found()
    {
        await using var host = await TestHost.StartAsync(
            builder => builder.AddPlatformDefaults("test").Services.AddPlatformArtifacts().AddPredictionLogWriter(),
            app => app.MapPlatformDefaults(), new("Scrub:Interval", "00:00:01"), new("Scrub:BytesPerSecond", $"{1 << 30}"));
        var stored = await PutAsync(host.App.Services.GetRequiredService<FileArtifactStore>(), new byte[1000]);
        File.WriteAllBytes(stored.Path, new byte[999]);

        await Eventually.TrueAsync(async () => (await host.Http.GetStringAsync("/health/ready")).Contains(stored.Sha256), "the damage is told");

        await Eventually.TrueAsync(async () =>
        {
            var metrics = await host.Http.GetStringAsync("/metrics");
            return Has(metrics, """faults_total\{[^}]*files="artifacts"[^}]*\} 1""") && Has(metrics, """read_bytes_total\{[^}]*files="artifacts"[^}]*\} [1-9]""")
                && Has(metrics, """faults_total\{[^}]*files="prediction log"[^}]*\} 0""") && Has(metrics, """age_seconds[^ ]* \d""");
        }, "metrics tell of it");

        static bool Has(string metrics, string what) => System.Text.RegularExpressions.Regex.IsMatch(metrics, "platform_scrub_" + what);
    }

    private ScrubPace Pace() => new(Rate, _time, bytes => _read += bytes);

    private FileArtifactStore Artifacts() => new(_folder.File("artifacts"), new DurableFiles(), TimeProvider.System, NullLogger.Instance);

    private static async Task<StoredArtifact> PutAsync(FileArtifactStore artifacts, byte[] content) =>
        await artifacts.PutAsync(new MemoryStream(content), content.Length, None);

    /// <summary>A store whose documents are saved, with a full segment of events that it does not have in memory.</summary>
    private async Task<FileDocumentStore> OpenAsync()
    {
        await using (var store = Open())
        {
            var batch = new DocumentBatch().Put("notes", "a", "a", 0).Put("notes", "b", "b", 0);
            for (var n = 1; n <= EventSegments.Size + 10; n++) batch.Publish("m", new ModelPromoted { Model = "m", Version = $"{n}" });
            await store.CommitAsync(batch, None);
        }
        return Open();
    }

    private FileDocumentStore Open() => FileDocumentStore.Open(_folder.Path,
        new FileStoreSettings { CheckpointInterval = TimeSpan.FromMilliseconds(5) }, new DurableFiles(), TimeProvider.System, NullLogger.Instance);
}
