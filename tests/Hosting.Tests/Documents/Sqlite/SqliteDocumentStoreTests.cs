using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Sqlite;
using Platform.Hosting.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Documents.Sqlite;

public sealed class SqliteDocumentStoreTests : DocumentStoreConformance
{
    private readonly TemporaryFolder _folder = new();
    private SqliteDocumentStore? _store;

    public override async Task DisposeAsync()
    {
        await CloseAsync();
        _folder.Dispose();
    }

    protected override Task<IDocumentStore> OpenAsync() => Task.FromResult<IDocumentStore>(_store = Open());

    protected override async Task CloseAsync() => await _store!.DisposeAsync();

    [Fact]
    public void A_second_process_cannot_open_the_folder() =>
        Assert.Contains("in use by another process", Assert.Throws<IOException>(Open).Message);

    [Fact]
    public async Task Closing_folds_the_log_into_the_one_file()
    {
        await Store.CommitAsync(new DocumentBatch().Put("notes", "a", new Note("x"), 0), None);
        await CloseAsync();

        Assert.Equal(["documents.db", "documents.state", "lock"], Directory.GetFiles(_folder.Path).Select(Path.GetFileName).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_commit_after_closing_is_refused()
    {
        await CloseAsync();

        await Assert.ThrowsAsync<ObjectDisposedException>(() => Store.CommitAsync(new DocumentBatch().Put("notes", "a", new Note("x"), 0), None).AsTask());
    }

    [Fact]
    public async Task What_cannot_be_serialised_is_refused_and_nothing_changes()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Store.CommitAsync(
            new DocumentBatch().Put("notes", "a", new Note("x"), 0).Put("notes", "nan", double.NaN, 0), None).AsTask());

        Assert.Null(await Store.GetAsync<Note>("notes", "a", None));
    }

    [Theory]
    [InlineData("\0")]
    [InlineData("a\0b")]
    [InlineData("\u001A")]
    [InlineData("😀")]
    [InlineData("\uD83D")]
    public async Task Any_text_is_an_id_a_field_and_the_key_of_an_event(string text)
    {
        var index = new Dictionary<string, string> { ["field"] = text, [text] = "value" };
        await Store.CommitAsync(new DocumentBatch().Put("notes", text, new Note("x"), 0, index).Put("notes", "z", new Note("z"), 0)
            .Publish(text, new Contracts.Registry.ModelPromoted { Model = "m", Version = "1" }), None);

        Assert.Equal(text, (await Store.GetAsync<Note>("notes", text, None))!.Id);
        var found = await Store.QueryAsync<Note>(new DocumentQuery("notes") { Where = index }, None);
        Assert.Equal([text], found.Items.Select(item => item.Id));
        Assert.Equal(char.IsSurrogate(text[^1]) && text.Length == 1 ? "\uFFFD" : text, Assert.Single(await Store.ReadEventsAsync(0, 10, None)).Key);
        await Store.CommitAsync(new DocumentBatch().Put("notes", text, new Note("x"), 1), None);
        Assert.Empty((await Store.QueryAsync<Note>(new DocumentQuery("notes") { Where = index }, None)).Items);
        Assert.Null(_store!.Degradation);
    }

    [Fact]
    public async Task Ids_are_in_the_order_of_their_UTF_16_units()
    {
        string[] ids = ["a", "a\0", "ab", "z", "\uD83D", "😀", "\uE000", "\uFFFD", new string('x', 50_000)];
        foreach (var id in ids) await Store.CommitAsync(new DocumentBatch().Put("notes", id, new Note(id), 0), None);

        var found = await Store.QueryAsync<Note>(new DocumentQuery("notes"), None);

        Assert.Equal(ids.Order(StringComparer.Ordinal), found.Items.Select(item => item.Id));
    }

    [Theory]
    [InlineData("""{"a":"\u0000"}""")]
    [InlineData("""{"a":1e999999}""")]
    [InlineData("""{"b":-0.0,"a":1.50,"a":2}""")]
    [InlineData("null")]
    public async Task JSON_is_kept_exactly_as_it_was_written(string json)
    {
        await Store.CommitAsync(new DocumentBatch().Put("notes", "a", new Holder(JsonElement.Parse(json)), 0), None);

        Assert.Equal(json, (await Store.GetAsync<Holder>("notes", "a", None))!.Value.Json.GetRawText());
    }

    private SqliteDocumentStore Open() => SqliteDocumentStore.Open(_folder.Path, new DurableFiles(), TimeProvider.System, NullLogger.Instance);

    public sealed record Holder(JsonElement Json);
}
