using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Contracts.Registry;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Documents;

/// <summary>
/// Every file of a store is flipped, cut, deleted and exchanged for another. What is told, kept and lost is written down for each kind;
/// nothing is silent, and everything else is there.
/// </summary>
public sealed class DamageTests : IDisposable
{
    private const int Events = 600;

    private static readonly CancellationToken None = CancellationToken.None;
    private static readonly FileStoreSettings Lazy = new() { CheckpointInterval = Timeout.InfiniteTimeSpan };

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("documents/notes/b.json", "flip")]
    [InlineData("documents/notes/b.json", "cut")]
    [InlineData("documents/notes/b.json", "empty")]
    [InlineData("documents/notes/b.json", "delete")]
    [InlineData("documents/notes/b.json", "swap", "documents/notes/a.json")]
    [InlineData("documents/notes/b.json", "swap", "documents/others/b.json")]
    [InlineData("documents/notes/b.json", "old")]
    [InlineData("documents/notes", "delete")]
    public async Task A_damaged_document_costs_itself_and_is_told(string file, string how, string? other = null)
    {
        await WriteAsync();
        Damage(file, how, other);

        await using var store = Open();

        Assert.Contains("documents/notes", store.Degradation);
        if (how != "old") Assert.Null(await store.GetAsync<string>("notes", "b", None));
        if (file.EndsWith(".json", StringComparison.Ordinal) && other != "documents/notes/a.json")
            Assert.Equal("a", (await store.GetAsync<string>("notes", "a", None))!.Value);
        Assert.Equal(0, (await store.GetAsync<int>("counters", "count", None))!.Value);
        await AssertEventsAsync(store, lost: 0);
        Assert.Null(await store.CommitAsync(new DocumentBatch().Put("notes", "b", "again", how == "old" ? 1 : 0), None));
        await AssertToldUntilMendedAsync(store);
    }

    [Fact]
    public async Task Each_byte_of_a_document_is_checked()
    {
        await WriteAsync();
        var path = _folder.File("documents", "notes", "b.json");
        var whole = File.ReadAllBytes(path);
        for (var n = 0; n < whole.Length; n++)
        {
            var damaged = whole.ToArray();
            damaged[n] ^= 0x04;
            File.WriteAllBytes(path, damaged);
            var files = new DocumentFiles(_folder.File("documents"), new DurableFiles(), NewDamage());
            Assert.Equal(["notes"], files.Load().Damaged);
        }
    }

    [Theory]
    [InlineData(1, "flip", 1)]
    [InlineData(1, "cut", 1)]
    [InlineData(1, "empty", 256)]
    [InlineData(1, "delete", 256)]
    [InlineData(257, "swap", 512)]
    [InlineData(513, "flip", 1)]
    [InlineData(513, "cut", 1)]
    [InlineData(513, "delete", Events - 512)]
    public async Task Lost_events_are_told_in_their_place_and_new_ones_stand_behind_them(int segment, string how, int lost)
    {
        await WriteAsync();
        Damage($"events/{segment:d19}.jsonl", how, $"events/{1:d19}.jsonl");

        await using var store = Open();
        Assert.Equal(Events, await store.LastSequenceAsync(None));
        await AssertEventsAsync(store, lost);
        Assert.Contains("events/", store.Degradation);
        await store.CommitAsync(new DocumentBatch().Publish("m", new ModelPromoted { Model = "m", Version = $"{Events + 1}" }), None);

        var next = Assert.Single(await store.ReadEventsAsync(Events, 10, None));
        Assert.Equal(Events + 1, next.Sequence);
        await AssertToldUntilMendedAsync(store);
    }

    [Fact]
    public async Task Without_account_and_events_new_events_stand_behind_what_was_published()
    {
        await WriteAsync();
        Directory.Delete(_folder.File("events"), recursive: true);
        File.Delete(_folder.File("account.json"));

        await using var store = Open();

        Assert.Equal(500, await store.LastSequenceAsync(None)); // the dispatcher's position
        Assert.Contains("account.json", store.Degradation);
    }

    [Theory]
    [InlineData("flip")]
    [InlineData("cut")]
    [InlineData("delete")]
    [InlineData("swap")]
    public async Task A_damaged_account_is_told_and_costs_nothing(string how)
    {
        await WriteAsync();
        Damage("account.json", how, "documents/notes/a.json");

        await using var store = Open();

        Assert.Contains("account.json", store.Degradation);
        Assert.Equal("b", (await store.GetAsync<string>("notes", "b", None))!.Value);
        await AssertEventsAsync(store, lost: 0);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    public async Task A_damaged_line_of_the_journal_costs_what_it_committed_and_is_kept(int line)
    {
        var journal = await KilledAsync(6);
        var lines = File.ReadAllLines(journal);
        Assert.Equal(6, lines.Length);
        lines[line] = lines[line].Replace("\"writes\"", "\"wrotes\"", StringComparison.Ordinal);
        File.WriteAllText(journal, string.Join('\n', lines) + "\n");

        await using (var store = Open())
        {
            for (var n = 0; n < 6; n++)
                Assert.Equal(n != line, await store.GetAsync<string>("journal", $"{n}", None) is not null);
            Assert.Contains("1 of its lines are damaged", store.Degradation);
            Assert.Equal(Events + (line == 5 ? 5 : 6), await store.LastSequenceAsync(None));
        }

        var kept = Directory.GetFiles(_folder.File("damaged"), "*-journal.*").Single();
        Assert.Contains("wrotes", File.ReadAllText(kept));
    }

    [Fact]
    public async Task A_journal_file_that_is_gone_is_told()
    {
        var journal = await KilledAsync(3);
        File.Delete(journal);

        await using var store = Open();

        Assert.Contains("journal/", store.Degradation);
        Assert.Contains("is missing", store.Degradation);
    }

    [Fact]
    public async Task An_older_file_of_the_journal_in_the_place_of_the_latest_is_told()
    {
        var journal = await KilledAsync(3);
        var older = File.ReadAllBytes(journal);
        await using (Open()) { }
        var latest = Directory.GetFiles(_folder.File("journal")).Single();
        Assert.NotEqual(journal, latest);
        File.WriteAllBytes(latest, older);

        await using var store = Open();

        Assert.Contains("3 of its lines are damaged", store.Degradation);
    }

    [Fact]
    public async Task What_an_earlier_build_wrote_is_read_and_gets_its_checksums()
    {
        Directory.CreateDirectory(_folder.File("documents", "notes"));
        Directory.CreateDirectory(_folder.File("events"));
        Directory.CreateDirectory(_folder.File("journal"));
        File.WriteAllText(_folder.File("documents", "notes", "a.json"), """{"id":"a","revision":3,"index":{},"value":"x"}""");
        File.WriteAllText(_folder.File("events", $"{1:d19}.jsonl"),
            """{"sequence":1,"type":"model.promoted","key":"m","at":"2026-01-01T00:00:00Z","data":{"version":"1"}}""" + "\n");
        var entry = """{"writes":[{"collection":"notes","id":"b","document":{"id":"b","revision":1,"index":{},"value":"y"}}],"events":[]}""";
        var sum = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(entry)).AsSpan(0, 8));
        File.WriteAllText(_folder.File("journal", $"{7:d19}.jsonl"), $"{sum} {entry}\n");

        await using (var store = Open())
        {
            Assert.Null(store.Degradation);
            Assert.Equal(3, (await store.GetAsync<string>("notes", "a", None))!.Revision);
            Assert.Equal("y", (await store.GetAsync<string>("notes", "b", None))!.Value);
            Assert.Equal("model.promoted", Assert.Single(await store.ReadEventsAsync(0, 10, None)).Type);
        }

        Assert.All(Directory.GetFiles(_folder.File("documents", "notes")), file => Assert.Matches("^[0-9a-f]{16} {", File.ReadAllText(file)));
        await using var again = Open();
        Assert.Null(again.Degradation);
    }

    private FileDocumentStore Open() => FileDocumentStore.Open(_folder.Path, Lazy, new DurableFiles(), TimeProvider.System, NullLogger.Instance);

    private StoreDamage NewDamage() => new(_folder.File("of another"), new DurableFiles(), TimeProvider.System, NullLogger.Instance);

    /// <summary>Three collections, events in three segments, a dispatcher that has come to event 500; closed.</summary>
    private async Task WriteAsync()
    {
        await using var store = Open();
        var batch = new DocumentBatch().Put("notes", "a", "a", 0).Put("notes", "b", "before", 0).Put("others", "b", "other", 0)
            .Put("counters", "count", 0, 0).Put("outbox", "dispatcher", new { sequence = 500 }, 0);
        for (var n = 1; n <= Events; n++) batch.Publish("m", new ModelPromoted { Model = "m", Version = $"{n}" });
        await store.CommitAsync(batch, None);
        await store.DisposeAsync();
        File.Copy(_folder.File("documents", "notes", "b.json"), _folder.File("old"));
        await using var again = Open();
        await again.CommitAsync(new DocumentBatch().Put("notes", "b", "b", 1), None);
    }

    /// <summary>A folder with commits that only its journal knows, as a process leaves it that is killed; the path of the journal.</summary>
    private async Task<string> KilledAsync(int commits)
    {
        await WriteAsync();
        using var running = new TemporaryFolder();
        await using (var store = Open())
        {
            for (var n = 0; n < commits; n++)
                await store.CommitAsync(new DocumentBatch().Put("journal", $"{n}", "x", 0).Publish("m", new ModelPromoted { Model = "m", Version = "1" }), None);
            Copy(_folder.Path, running.Path);
        }
        Directory.Delete(_folder.Path, recursive: true);
        Copy(running.Path, _folder.Path);
        return Directory.GetFiles(_folder.File("journal")).Single();
    }

    private static void Copy(string from, string to)
    {
        foreach (var folder in Directory.GetDirectories(from, "*", SearchOption.AllDirectories).Prepend(from))
            Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, folder)));
        foreach (var path in Directory.GetFiles(from, "*", SearchOption.AllDirectories).Where(path => Path.GetFileName(path) != "lock"))
            File.Copy(path, Path.Combine(to, Path.GetRelativePath(from, path)));
    }

    private void Damage(string file, string how, string? other)
    {
        var path = _folder.File(file.Split('/'));
        var content = File.Exists(path) ? File.ReadAllBytes(path) : [];
        switch (how)
        {
            case "flip":
                content[content.Length / 2] ^= 0x04;
                File.WriteAllBytes(path, content);
                break;
            case "cut": File.WriteAllBytes(path, content[..^3]); break;
            case "empty": File.WriteAllBytes(path, []); break;
            case "delete" when Directory.Exists(path): Directory.Delete(path, recursive: true); break;
            case "delete": File.Delete(path); break;
            case "old": File.Copy(_folder.File("old"), path, overwrite: true); break;
            case "swap":
                var another = _folder.File(other!.Split('/'));
                File.WriteAllBytes(path, File.ReadAllBytes(another));
                if (file.StartsWith("account", StringComparison.Ordinal)) break;
                File.WriteAllBytes(another, content);
                break;
            default: throw new ArgumentOutOfRangeException(nameof(how), how, null);
        }
    }

    private static async Task AssertEventsAsync(FileDocumentStore store, int lost)
    {
        var events = new List<StoredEvent>();
        while (await store.ReadEventsAsync(events.Count, 100, None) is { Count: > 0 } more) events.AddRange(more);
        Assert.Equal(Enumerable.Range(1, Events).Select(n => (long)n), events.Select(stored => stored.Sequence));
        Assert.Equal(lost, events.Count(stored => stored.Type == StoredEvent.LostType));
        Assert.All(events.Where(stored => stored.Type != StoredEvent.LostType),
            stored => Assert.Equal($"{stored.Sequence}", stored.Data.GetProperty("version").GetString()));
    }

    private async Task AssertToldUntilMendedAsync(FileDocumentStore store)
    {
        var found = store.Damaged;
        await store.DisposeAsync();
        await using (var again = Open()) Assert.InRange(again.Damaged, found, found + 1);
        Directory.Delete(_folder.File("damaged"), recursive: true);
    }
}
