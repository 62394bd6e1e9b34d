using Microsoft.Extensions.Logging.Abstractions;
using Platform.Contracts.Registry;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Documents;

/// <summary>
/// A history of batches is cut off at every single step that changes the disk. Afterwards exactly a prefix of it is there:
/// every batch that was acknowledged, at most the one that was not, and none in part.
/// </summary>
public sealed class CrashTests
{
    private const int Batches = 6;
    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly FileStoreSettings Lazy = new() { CheckpointInterval = Timeout.InfiniteTimeSpan };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task After_a_crash_at_any_step_the_store_holds_whole_batches_only(bool losesPower)
    {
        var crashAt = 0;
        while (await CrashesAsync(crashAt, losesPower)) crashAt++;
        Assert.True(crashAt > 40, $"Only {crashAt} steps were tried.");
    }

    [Fact]
    public async Task A_journal_that_cannot_be_written_refuses_the_commit_and_only_that()
    {
        using var folder = new TemporaryFolder();
        var files = new FullDisk();
        await using var store = Open(folder, files);
        await store.CommitAsync(Batch(1), None);

        files.IsFull = true;
        await Assert.ThrowsAsync<IOException>(() => store.CommitAsync(Batch(2), None).AsTask());
        await AssertHoldsAsync(store, 1);
        files.IsFull = false;
        await store.CommitAsync(Batch(2), None);

        await AssertHoldsAsync(store, 2);
        await store.DisposeAsync();
        await using var reopened = Open(folder, new DurableFiles());
        await AssertHoldsAsync(reopened, 2);
    }

    [Fact]
    public async Task Files_that_cannot_be_written_stop_commits_before_the_journal_grows_without_bound()
    {
        using var folder = new TemporaryFolder();
        var files = new FullDisk();
        var hasty = new FileStoreSettings { CheckpointInterval = TimeSpan.FromMilliseconds(1), MaxJournalBytes = 500 };
        await using var store = Open(folder, files, hasty);
        files.RefusesDocuments = true;
        var committed = 0;
        var refusal = await Assert.ThrowsAsync<IOException>(async () =>
        {
            for (; committed < 1000; committed++) await store.CommitAsync(Batch(committed + 1), None);
        });

        Assert.Contains("cannot be saved", refusal.Message);
        await AssertHoldsAsync(store, committed);
        files.RefusesDocuments = false;
        await Eventually.TrueAsync(() => TryCommitAsync(store, Batch(committed + 1)), "commits are taken again");
        await AssertHoldsAsync(store, committed + 1);
    }

    private static async Task<bool> TryCommitAsync(FileDocumentStore store, DocumentBatch batch)
    {
        try
        {
            return await store.CommitAsync(batch, None) is null;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>Runs the history until it crashes; false once it runs to its end.</summary>
    private static async Task<bool> CrashesAsync(int crashAt, bool losesPower)
    {
        using var folder = new TemporaryFolder();
        var files = new CrashingFiles(crashAt, losesPower);
        var acknowledged = await RunHistoryAsync(folder, files);

        await using var recovered = Open(folder, new DurableFiles());
        var held = (int)await recovered.LastSequenceAsync(None);
        Assert.InRange(held, acknowledged, acknowledged + 1);
        await AssertHoldsAsync(recovered, held);
        Assert.Null(await recovered.CommitAsync(Batch(held + 1), None));
        await AssertHoldsAsync(recovered, held + 1);
        return files.HasCrashed;
    }

    /// <summary>Commits in three sessions, so that the later ones overwrite files of the earlier.</summary>
    private static async Task<int> RunHistoryAsync(TemporaryFolder folder, CrashingFiles files)
    {
        var acknowledged = 0;
        try
        {
            while (acknowledged < Batches)
            {
                await using var store = Open(folder, files);
                for (var i = 0; i < Batches / 3; i++)
                {
                    await store.CommitAsync(Batch(acknowledged + 1), None);
                    acknowledged++;
                }
            }
        }
        catch (IOException) when (files.HasCrashed)
        {
            // The crash.
        }
        return acknowledged;
    }

    /// <summary>Batch n sets a counter, adds document n, removes document n-2 and publishes event n.</summary>
    internal static DocumentBatch Batch(int n) => new DocumentBatch()
        .Put("counters", "count", n, n - 1)
        .Put("items", $"{n}", $"item {n}", 0, new Dictionary<string, string> { ["even"] = n % 2 == 0 ? "yes" : "no" })
        .Delete("items", $"{n - 2}")
        .Publish("m", new ModelPromoted { Model = "m", Version = $"{n}" });

    internal static async Task AssertHoldsAsync(IDocumentStore store, int n)
    {
        var items = await store.QueryAsync<string>(new DocumentQuery("items"), None);
        Assert.Equal(Enumerable.Range(1, n).TakeLast(2).Select(i => $"item {i}"), items.Items.Select(item => item.Value));
        Assert.Equal(n, (await store.GetAsync<int>("counters", "count", None))?.Value ?? 0);
        Assert.Equal(n, (await store.GetAsync<int>("counters", "count", None))?.Revision ?? 0);
        var events = await store.ReadEventsAsync(0, 100, None);
        Assert.Equal(Enumerable.Range(1, n).Select(i => $"{i}"), events.Select(stored => stored.Data.GetProperty("version").GetString()));
    }

    private static FileDocumentStore Open(TemporaryFolder folder, DurableFiles files, FileStoreSettings? settings = null) =>
        FileDocumentStore.Open(folder.Path, settings ?? Lazy, files, TimeProvider.System, NullLogger.Instance);

    private sealed class FullDisk : DurableFiles
    {
        public bool IsFull { get; set; }

        public bool RefusesDocuments { get; set; }

        public override void Write(string path, ReadOnlyMemory<byte> content)
        {
            if (RefusesDocuments) throw new IOException("Read-only file system");
            base.Write(path, content);
        }

        public override void Append(Microsoft.Win32.SafeHandles.SafeFileHandle file, ReadOnlyMemory<byte> content, long offset)
        {
            base.Append(file, IsFull ? content[..10] : content, offset);
            if (IsFull) throw new IOException("No space left on device");
        }
    }
}
