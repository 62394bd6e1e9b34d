using Microsoft.Extensions.Logging.Abstractions;
using Platform.Contracts.Registry;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Documents.Sqlite;
using Platform.Hosting.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Documents.Sqlite;

/// <summary>A folder of a store in files that is opened with SQLite.</summary>
public sealed class CarryOverTests : IDisposable
{
    private const int Events = 600;
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Everything_is_carried_over_and_the_files_are_kept_until_the_next_start()
    {
        await WriteAsync();

        await using (var store = Open()) await AssertWholeAsync(store);
        Assert.True(File.Exists(_folder.File("before-sqlite", "account.json")));
        await using (var store = Open())
        {
            await AssertWholeAsync(store);
            Assert.Null(await store.CommitAsync(new DocumentBatch().Put("notes", "a", "new", 2).Publish("m", Promoted(Events + 1)), None));
            Assert.Equal(Events + 1, await store.LastSequenceAsync(None));
        }

        Assert.False(Directory.Exists(_folder.File("before-sqlite")));
        Assert.False(Directory.Exists(_folder.File("documents")));
    }

    [Fact]
    public async Task One_that_is_interrupted_at_any_step_begins_again()
    {
        await WriteAsync();
        for (var steps = 0; ; steps++)
        {
            using var copy = new TemporaryFolder();
            Copy(_folder.Path, copy.Path);
            var files = new CrashingFiles(steps, losesPower: false);
            try
            {
                await using (SqliteDocumentStore.Open(copy.Path, files, TimeProvider.System, NullLogger.Instance)) { }
            }
            catch (IOException) when (files.HasCrashed)
            {
                // As wanted.
            }
            await using (var store = SqliteDocumentStore.Open(copy.Path, new DurableFiles(), TimeProvider.System, NullLogger.Instance)) await AssertWholeAsync(store);
            if (files.HasCrashed) continue;
            Assert.True(steps > 4, $"Only {steps} steps were tried.");
            return;
        }
    }

    [Fact]
    public async Task What_is_damaged_of_the_files_is_told_and_the_rest_carried_over()
    {
        await WriteAsync();
        File.WriteAllText(_folder.File("documents", "notes", "b.json"), "nothing\n");

        await using var store = Open();

        Assert.Null(await store.GetAsync<string>("notes", "b", None));
        Assert.Equal("a2", (await store.GetAsync<string>("notes", "a", None))!.Value);
        Assert.Contains("documents/notes/b.json", store.Degradation);
    }

    [Fact]
    public async Task The_files_are_kept_where_SQLite_cannot_open_the_new_one()
    {
        await WriteAsync();
        await using (Open()) { }
        File.WriteAllText(_folder.File("documents.db"), new string('x', 10_000));

        Assert.ThrowsAny<IOException>(Open);

        Assert.True(File.Exists(_folder.File("before-sqlite", "account.json")));
    }

    [Fact]
    public async Task The_files_are_kept_as_long_as_something_is_damaged()
    {
        await WriteAsync();
        File.WriteAllText(_folder.File("documents", "notes", "b.json"), "nothing\n");
        await using (Open()) { }

        await using (Open()) Assert.True(File.Exists(_folder.File("before-sqlite", "account.json")));
        Directory.Delete(_folder.File("damaged"), recursive: true);

        await using (Open()) Assert.False(Directory.Exists(_folder.File("before-sqlite")));
    }

    [Fact]
    public async Task The_files_are_kept_where_the_start_before_came_to_carrying_over_alone()
    {
        await WriteAsync();
        await using (Open()) { }
        File.Delete(_folder.File("documents.state"));

        await using (Open()) Assert.True(File.Exists(_folder.File("before-sqlite", "account.json")));
    }

    private SqliteDocumentStore Open() => SqliteDocumentStore.Open(_folder.Path, new DurableFiles(), TimeProvider.System, NullLogger.Instance);

    private async Task WriteAsync()
    {
        await using var store = FileDocumentStore.Open(_folder.Path, new FileStoreSettings(), new DurableFiles(), TimeProvider.System, NullLogger.Instance);
        var batch = new DocumentBatch().Put("notes", "a", "a1", 0).Put("notes", "b", "b1", 0, new Dictionary<string, string> { ["state"] = "open" });
        for (var n = 1; n <= Events; n++) batch.Publish("m", Promoted(n));
        await store.CommitAsync(batch, None);
        await store.CommitAsync(new DocumentBatch().Put("notes", "a", "a2", 1), None);
    }

    private static async Task AssertWholeAsync(SqliteDocumentStore store)
    {
        Assert.Null(store.Degradation);
        Assert.Equal(new Document<string>("a", 2, "a2"), await store.GetAsync<string>("notes", "a", None));
        var open = await store.QueryAsync<string>(new DocumentQuery("notes") { Where = new Dictionary<string, string> { ["state"] = "open" } }, None);
        Assert.Equal(["b"], open.Items.Select(item => item.Id));
        var events = await store.ReadEventsAsync(0, 1000, None);
        Assert.Equal(Enumerable.Range(1, Events).Select(n => $"{n}"), events.Select(stored => stored.Data.GetProperty("version").GetString()));
    }

    private static void Copy(string from, string to)
    {
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories)) Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (var path in Directory.GetFiles(from, "*", SearchOption.AllDirectories)) File.Copy(path, Path.Combine(to, Path.GetRelativePath(from, path)));
    }

    private static ModelPromoted Promoted(int n) => new() { Model = "m", Version = $"{n}" };
}
