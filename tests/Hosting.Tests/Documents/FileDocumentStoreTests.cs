using Microsoft.Extensions.Logging.Abstractions;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Documents;

public sealed class FileDocumentStoreTests : DocumentStoreConformance
{
    private readonly TemporaryFolder _folder = new();
    private FileDocumentStore? _store;

    // Short intervals and a short journal: checkpoints happen all the time and between any two commits.
    private static readonly FileStoreSettings Busy = new() { CheckpointInterval = TimeSpan.FromMilliseconds(1), MaxJournalBytes = 2000 };

    public override async Task DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }

    protected override Task<IDocumentStore> OpenAsync() => Task.FromResult<IDocumentStore>(_store = Open(Busy));

    protected override async Task CloseAsync() => await _store!.DisposeAsync();

    [Fact]
    public void A_second_process_cannot_open_the_folder()
    {
        var refusal = Assert.Throws<IOException>(() => Open(Busy));

        Assert.Contains("in use by another process", refusal.Message);
    }

    [Fact]
    public async Task Each_document_gets_a_readable_file_of_its_own()
    {
        await Store.CommitAsync(new DocumentBatch().Put("notes", "Über/1", new Note("床前"), 0), None);
        await CloseAsync();

        var file = Assert.Single(Directory.GetFiles(_folder.File("documents", "notes")));
        Assert.Equal("%C3%9Cber%2F1.json", Path.GetFileName(file));
        Assert.Matches("""^[0-9a-f]{16} {"id":"Über/1","revision":1,"index":{},"value":{"text":"床前"}}\n$""", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task Closing_folds_the_journal_and_leaves_no_temporary_file()
    {
        await Store.CommitAsync(new DocumentBatch().Put("notes", "a", new Note("x"), 0), None);
        await CloseAsync();

        Assert.Equal(0, Directory.GetFiles(_folder.File("journal")).Sum(file => new FileInfo(file).Length));
        Assert.Empty(Directory.GetFiles(_folder.Path, "*.tmp", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_torn_end_of_the_journal_is_dropped_and_what_was_before_it_kept()
    {
        await CloseAsync();
        await using (var store = Open(Lazy)) await store.CommitAsync(new DocumentBatch().Put("notes", "a", new Note("x"), 0), None);
        var journal = Directory.GetFiles(_folder.File("journal")).Single();
        await File.WriteAllTextAsync(journal, """0123456789abcdef {"writes":[{"collection":"notes","id":"b","document":{"id":"b","revis""");

        _store = Open(Busy);

        Assert.NotNull(await _store.GetAsync<Note>("notes", "a", None));
        Assert.Null(await _store.GetAsync<Note>("notes", "b", None));
    }

    [Fact]
    public async Task A_commit_after_closing_is_refused()
    {
        await CloseAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() =>
            Store.CommitAsync(new DocumentBatch().Put("notes", "a", new Note("x"), 0), None).AsTask());
    }

    [Fact]
    public async Task What_cannot_be_serialised_is_refused_and_nothing_changes()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.CommitAsync(
            new DocumentBatch().Put("notes", "a", new Note("x"), 0).Put("notes", "nan", double.NaN, 0), None).AsTask());

        Assert.Null(await Store.GetAsync<Note>("notes", "a", None));
    }

    private static readonly FileStoreSettings Lazy = new() { CheckpointInterval = Timeout.InfiniteTimeSpan };

    private FileDocumentStore Open(FileStoreSettings settings) =>
        FileDocumentStore.Open(_folder.Path, settings, new DurableFiles(), TimeProvider.System, NullLogger.Instance);
}
