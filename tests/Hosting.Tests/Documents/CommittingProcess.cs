using Microsoft.Extensions.Logging.Abstractions;
using Platform.Contracts.Registry;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Documents.Sqlite;
using Platform.Hosting.Storage;

namespace Platform.Hosting.Tests.Documents;

/// <summary>
/// <c>dotnet Platform.Hosting.Tests.dll files|sqlite FOLDER</c> commits batches without end and writes the number of each to standard
/// output once it is acknowledged. <see cref="KillTests"/> kills it.
/// </summary>
internal static class CommittingProcess
{
    public static async Task Main(string[] arguments)
    {
        var settings = new FileStoreSettings { CheckpointInterval = TimeSpan.FromMilliseconds(2), MaxJournalBytes = 20_000 };
        var store = Open(arguments[0], arguments[1], settings);
        await using var closing = (IAsyncDisposable)store;
        for (var n = (int)await store.LastSequenceAsync(default) + 1; ; n++)
        {
            await store.CommitAsync(Batch(n), default);
            await Console.Out.WriteLineAsync($"{n}");
        }
    }

    public static IDocumentStore Open(string provider, string folder, FileStoreSettings settings) => provider == "sqlite"
        ? SqliteDocumentStore.Open(folder, new DurableFiles(), TimeProvider.System, NullLogger.Instance)
        : FileDocumentStore.Open(folder, settings, new DurableFiles(), TimeProvider.System, NullLogger.Instance);

    private static DocumentBatch Batch(int n) => new DocumentBatch()
        .Put("first", $"{n % 50}", n, null)
        .Put("second", $"{n % 50}", n, null)
        .Publish("m", new ModelPromoted { Model = "m", Version = $"{n}" });
}
