using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Contracts.Registry;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Sqlite;
using Platform.Hosting.Scrubbing;
using Platform.Hosting.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Documents.Sqlite;

/// <summary>What is damaged of a store in SQLite is told, kept where there is something to keep, and never read as something else.</summary>
public sealed class SqliteDamageTests : IDisposable
{
    private const int Notes = 300;
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();

    private string Database => _folder.File("documents.db");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_damaged_document_costs_itself_and_is_told_and_kept()
    {
        await WriteAsync();
        Replace("the text of note 7.", "the text of note 8.");

        await using var store = Open();

        Assert.Null(await store.GetAsync<string>("notes", "n7", None));
        Assert.Contains("documents/notes/n7.json, it is damaged", store.Degradation);
        Assert.Contains("note 8.", File.ReadAllText(Directory.GetFiles(_folder.File("damaged"), "*n7.json").Single()));
        Assert.Equal(Notes - 1, await CountAsync(store));
        Assert.Null(await store.CommitAsync(new DocumentBatch().Put("notes", "n7", "again", 0), None));
        Assert.Equal("again", (await store.GetAsync<string>("notes", "n7", None))!.Value);
        Assert.Equal(1, store.Damaged);
    }

    [Fact]
    public async Task A_page_passes_over_a_damaged_document_and_a_commit_takes_it_for_none()
    {
        await WriteAsync();
        Replace("the text of note 7.", "the text of note 8.");
        Replace("the text of note 9.", "the text of note 8.");

        await using var store = Open();

        Assert.Null(await store.CommitAsync(new DocumentBatch().Put("notes", "n9", "again", 0), None));
        Assert.Equal(Notes - 1, await CountAsync(store));
        Assert.Equal(2, store.Damaged);
    }

    [Fact]
    public async Task A_damaged_event_is_told_in_its_place()
    {
        await WriteAsync();
        Replace("\"version\":\"107\"", "\"version\":\"207\"");

        await using var store = Open();
        var events = await store.ReadEventsAsync(0, 1000, None);

        Assert.Equal(Enumerable.Range(1, Notes).Select(n => (long)n), events.Select(stored => stored.Sequence));
        Assert.Equal([107], events.Where(stored => stored.Type == StoredEvent.LostType).Select(stored => stored.Sequence));
        Assert.Contains("events/107", store.Degradation);
    }

    [Fact]
    public async Task Scrubbing_finds_what_nobody_has_read()
    {
        await WriteAsync();
        Replace("the text of note 7.", "the text of note 8.");
        Replace("\"version\":\"107\"", "\"version\":\"207\"");
        await using var store = Open();

        Assert.Equal(2, await store.ScrubAsync(new ScrubPace(1 << 30, TimeProvider.System, _ => { }), None));
        Assert.Equal(0, await store.ScrubAsync(new ScrubPace(1 << 30, TimeProvider.System, _ => { }), None));
    }

    [Fact]
    public async Task That_others_are_missing_is_told_though_a_damaged_document_was_set_aside()
    {
        await WriteAsync();
        Replace("the text of note 7.", "the text of note 8.");
        Execute("delete from documents where id = $1", SqliteText.Of("n9"));
        await using var store = Open();

        Assert.Null(await store.GetAsync<string>("notes", "n7", None));

        Assert.Equal(1, await store.ScrubAsync(new ScrubPace(1 << 30, TimeProvider.System, _ => { }), None));
        Assert.Contains(Findings(), finding => finding.Contains($"it holds {Notes - 2} documents, and should hold {Notes - 1}", StringComparison.Ordinal));
        await store.CommitAsync(Batch(Notes + 1), None);
        Assert.Equal(0, await store.ScrubAsync(new ScrubPace(1 << 30, TimeProvider.System, _ => { }), None));
    }

    [Fact]
    public async Task Commits_go_on_while_documents_are_counted_and_count_for_no_damage()
    {
        const int Others = 2500; // in three portions
        await using var store = Open();
        var batch = new DocumentBatch();
        for (var n = 0; n < Others; n++) batch.Put("others", $"{n}", "x", 0);
        await store.CommitAsync(batch, None);
        var paid = 0;

        var found = await store.ScrubAsync(new ScrubPace(1 << 30, TimeProvider.System, _ => CommitAsync(store, paid++).PatientlyAsync().GetAwaiter().GetResult()), None);

        Assert.Equal(0, found);
        Assert.Equal(0, await store.ScrubAsync(new ScrubPace(1 << 30, TimeProvider.System, _ => { }), None));
    }

    [Fact]
    public async Task A_page_of_the_index_goes_on_behind_a_document_that_is_gone_and_tells_of_it()
    {
        var index = new Dictionary<string, string> { ["state"] = "open" };
        await using (var store = Open())
            foreach (var id in "abcdef") await store.CommitAsync(new DocumentBatch().Put("notes", $"{id}", "x", 0, index), None);
        Execute("delete from documents where id = $1", SqliteText.Of("b"));

        await using var opened = Open();
        var ids = new List<string>();
        await foreach (var note in opened.ReadAllAsync<string>(new DocumentQuery("notes") { Where = index, Limit = 2 }, None)) ids.Add(note.Id);

        Assert.Equal(["a", "c", "d", "e", "f"], ids);
        Assert.Contains("documents/notes/b.json, the index names it", opened.Degradation);
    }

    [Fact]
    public async Task Of_a_block_that_reads_as_zeros_nothing_is_silent()
    {
        await WriteAsync();
        var whole = File.ReadAllBytes(Database);
        for (var block = 0; block < whole.Length / 4096; block++)
        {
            var damaged = whole.ToArray();
            damaged.AsSpan(block * 4096, 4096).Clear();
            File.WriteAllBytes(Database, damaged);
            try
            {
                await using var store = Open();
                await store.ScrubAsync(new ScrubPace(1 << 30, TimeProvider.System, _ => { }), None);
                var events = await store.ReadEventsAsync(0, 1000, None);
                if (await CountAsync(store) < Notes || events.Count < Notes || events.Any(stored => stored.Type == StoredEvent.LostType))
                    Assert.NotNull(store.Degradation);
            }
            catch (IOException told)
            {
                Assert.Contains("documents.db", told.Message);
            }
            if (Directory.Exists(_folder.File("damaged"))) Directory.Delete(_folder.File("damaged"), recursive: true);
        }
    }

    [Fact]
    public async Task A_log_that_is_damaged_in_its_middle_is_told_and_kept()
    {
        await KilledAsync(6);
        var log = File.ReadAllBytes(Database + "-wal");
        log[32 + (24 + 4096) + 100] ^= 4;
        File.WriteAllBytes(Database + "-wal", log);

        await using var store = Open();

        Assert.Contains("documents.db-wal, it is damaged", store.Degradation);
        Assert.Equal(log, File.ReadAllBytes(Directory.GetFiles(_folder.File("damaged"), "*-wal").Single()));
        Assert.Equal(Notes, await CountAsync(store));
    }

    [Theory]
    [InlineData("documents.db-wal")]
    [InlineData("documents.db")]
    public async Task A_file_that_is_gone_is_told(string file)
    {
        await KilledAsync(3);
        File.Delete(_folder.File(file));

        await using var store = Open();

        Assert.Contains($"{file}, it is missing", store.Degradation);
    }

    [Fact]
    public async Task A_log_cut_off_amid_its_last_commit_is_what_a_crash_leaves()
    {
        await KilledAsync(6);
        using (var log = new FileStream(Database + "-wal", FileMode.Open)) log.SetLength(log.Length - 10);

        await using var store = Open();

        Assert.Null(store.Degradation);
        Assert.Equal(Notes + 5, await store.LastSequenceAsync(None));
    }

    private static async Task CommitAsync(SqliteDocumentStore store, int n) =>
        Assert.Null(await store.CommitAsync(new DocumentBatch().Put("others", $"new {n}", "x", 0).Delete("others", $"{n}", 1), None));

    private string[] Findings() =>
        [.. JsonNode.Parse(File.ReadAllBytes(_folder.File("damaged", "findings.json")))!.AsArray().Select(finding => (string)finding!["what"]!)];

    /// <summary>Changes the file behind the store's back.</summary>
    private void Execute(string sql, params object?[] values)
    {
        using var session = SqliteSession.Open(Database, SqliteOpenMode.ReadWrite);
        Assert.Equal(1, session.Execute(sql, values));
    }

    private SqliteDocumentStore Open() => SqliteDocumentStore.Open(_folder.Path, new DurableFiles(), TimeProvider.System, NullLogger.Instance);

    private async Task WriteAsync()
    {
        await using var store = Open();
        for (var n = 1; n <= Notes; n++) await store.CommitAsync(Batch(n), None);
    }

    /// <summary>A folder whose last commits only the log has, as a process leaves it that is killed.</summary>
    private async Task KilledAsync(int commits)
    {
        await WriteAsync();
        using var running = new TemporaryFolder();
        await using (var store = Open())
        {
            for (var n = 1; n <= commits; n++) await store.CommitAsync(new DocumentBatch().Put("others", $"{n}", "x", 0).Publish("m", Promoted(n)), None);
            Copy(_folder.Path, running.Path);
        }
        Copy(running.Path, _folder.Path);
    }

    private static void Copy(string from, string to)
    {
        foreach (var path in Directory.GetFiles(from).Where(path => Path.GetFileName(path) is not "lock" && !path.EndsWith("-shm", StringComparison.Ordinal)))
            File.Copy(path, Path.Combine(to, Path.GetFileName(path)), overwrite: true);
    }

    private void Replace(string text, string by)
    {
        var content = File.ReadAllBytes(Database);
        var at = content.AsSpan().IndexOf(Encoding.UTF8.GetBytes(text));
        Assert.True(at >= 0, $"'{text}' is not in the file.");
        Encoding.UTF8.GetBytes(by).CopyTo(content, at);
        File.WriteAllBytes(Database, content);
    }

    private static async Task<int> CountAsync(SqliteDocumentStore store)
    {
        var count = 0;
        await foreach (var _ in store.ReadAllAsync<string>(new DocumentQuery("notes"), None)) count++;
        return count;
    }

    private static DocumentBatch Batch(int n) => new DocumentBatch().Put("notes", $"n{n}", $"the text of note {n}.", 0).Publish("m", Promoted(n));

    private static ModelPromoted Promoted(int n) => new() { Model = "m", Version = $"{n}" };
}
