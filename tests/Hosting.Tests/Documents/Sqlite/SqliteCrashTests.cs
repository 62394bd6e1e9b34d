using Microsoft.Extensions.Logging.Abstractions;
using Platform.Hosting.Documents.Sqlite;
using Platform.Hosting.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Documents.Sqlite;

/// <summary>
/// The log of a history of batches is cut off wherever a crash may have left it. Afterwards exactly a prefix of the history is there: every
/// batch that was acknowledged by then, at most one more, and none in part.
/// </summary>
public sealed class SqliteCrashTests
{
    private const int Batches = 6;
    private const int Step = 256; // within each frame's head and at several places of its page
    private static readonly CancellationToken None = CancellationToken.None;

    [Fact]
    public async Task After_a_crash_at_any_place_of_the_log_the_store_holds_whole_batches_only()
    {
        using var running = new TemporaryFolder();
        using var copy = new TemporaryFolder();
        var acknowledged = new List<long>();
        await using (var store = Open(running.Path))
        {
            for (var n = 1; n <= Batches; n++)
            {
                Assert.Null(await store.CommitAsync(CrashTests.Batch(n), None));
                acknowledged.Add(new FileInfo(running.File("documents.db-wal")).Length);
            }
            foreach (var name in (string[])["documents.db", "documents.db-wal", "documents.state"]) File.Copy(running.File(name), copy.File(name));
        }

        for (var length = acknowledged[^1]; length >= 0; length -= Step) await AssertWholeAsync(copy, length, acknowledged.Count(at => at <= length));
    }

    private static async Task AssertWholeAsync(TemporaryFolder copy, long length, int acknowledged)
    {
        using var crashed = new TemporaryFolder();
        foreach (var path in Directory.GetFiles(copy.Path)) File.Copy(path, crashed.File(Path.GetFileName(path)));
        using (var log = new FileStream(crashed.File("documents.db-wal"), FileMode.Open)) log.SetLength(length);

        await using var store = Open(crashed.Path);
        var held = (int)await store.LastSequenceAsync(None);
        Assert.Equal(acknowledged, held);
        await CrashTests.AssertHoldsAsync(store, held);
        Assert.Null(await store.CommitAsync(CrashTests.Batch(held + 1), None));
        await CrashTests.AssertHoldsAsync(store, held + 1);
        Assert.Null(store.Degradation);
    }

    private static SqliteDocumentStore Open(string path) => SqliteDocumentStore.Open(path, new DurableFiles(), TimeProvider.System, NullLogger.Instance);
}
