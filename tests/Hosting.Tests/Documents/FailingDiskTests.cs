using Microsoft.Extensions.Logging.Abstractions;
using Platform.Contracts.Registry;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Storage;
using Platform.Hosting.Tests.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Documents;

/// <summary>A disk that says that it does not hold what was written: nothing of it is acknowledged, then or later.</summary>
public sealed class FailingDiskTests : IAsyncDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();
    private readonly FailingFiles _files = new();
    private readonly FileDocumentStore _store;

    public FailingDiskTests() => _store = Open(_files);

    [Fact]
    public async Task A_commit_that_does_not_reach_the_disk_is_refused_and_so_is_every_later_one_until_a_restart()
    {
        await _store.CommitAsync(Batch(1), None);
        _files.FailsFlushes = true;
        await Assert.ThrowsAsync<IOException>(() => _store.CommitAsync(Batch(2), None).AsTask());
        _files.FailsFlushes = false;

        var refusal = await Assert.ThrowsAsync<IOException>(() => _store.CommitAsync(Batch(2), None).AsTask());

        Assert.Contains("until a restart", refusal.Message);
        Assert.True(_store.HasFailed);
        Assert.Null(await _store.GetAsync<string>("items", "2", None));
        await _store.DisposeAsync();
        await using var reopened = Open(new DurableFiles());
        Assert.Equal("item 1", (await reopened.GetAsync<string>("items", "1", None))!.Value);
        await reopened.CommitAsync(Batch(3), None);
        Assert.False(reopened.HasFailed);
    }

    [Fact]
    public async Task A_disk_without_room_is_told_until_it_takes_commits_again_though_nobody_asks_for_one()
    {
        await using var store = FileDocumentStore.Open(_folder.File("other"), new FileStoreSettings { CheckpointInterval = TimeSpan.FromMilliseconds(5) },
            _files, TimeProvider.System, NullLogger.Instance);
        _files.TearsAppends = true;
        await Assert.ThrowsAsync<IOException>(() => store.CommitAsync(Batch(1), None).AsTask());
        Assert.Contains("No space left", store.Failure!.Message);
        Assert.False(store.HasFailed);

        _files.TearsAppends = false;
        await Eventually.TrueAsync(() => store.Failure is null, "commits are taken again");

        Assert.Null(await store.CommitAsync(Batch(1), None));
    }

    public async ValueTask DisposeAsync()
    {
        await _store.DisposeAsync();
        _folder.Dispose();
    }

    private FileDocumentStore Open(DurableFiles files) => FileDocumentStore.Open(
        _folder.Path, new FileStoreSettings { CheckpointInterval = Timeout.InfiniteTimeSpan }, files, TimeProvider.System, NullLogger.Instance);

    private static DocumentBatch Batch(int n) => new DocumentBatch()
        .Put("items", $"{n}", $"item {n}", 0)
        .Publish("m", new ModelPromoted { Model = "m", Version = $"{n}" });
}
