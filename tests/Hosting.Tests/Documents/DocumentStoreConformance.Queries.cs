using Platform.Hosting.Documents;

namespace Platform.Hosting.Tests.Documents;

// What queries find, page by page.
public abstract partial class DocumentStoreConformance
{
    [Fact]
    public async Task Queries_page_in_ordinal_order_of_ids_in_both_directions()
    {
        foreach (var id in new[] { "b", "a10", "B", "a2", "ä" }) await PutAsync(id, id);

        Assert.Equal(["B", "a10", "a2", "b", "ä"], await IdsAsync(new DocumentQuery("notes")));
        Assert.Equal(["B", "a10", "a2", "b", "ä"], await IdsAsync(new DocumentQuery("notes") { Limit = 2 }));
        Assert.Equal(["ä", "b", "a2", "a10", "B"], await IdsAsync(new DocumentQuery("notes") { Limit = 2, Descending = true }));
    }

    [Fact]
    public async Task A_page_goes_on_behind_an_id_that_has_been_deleted_meanwhile()
    {
        foreach (var id in new[] { "a", "b", "c", "d" }) await PutAsync(id, id);
        var first = await Store.QueryAsync<Note>(new DocumentQuery("notes") { Limit = 2 }, None);
        await CommitAsync(new DocumentBatch().Delete("notes", first.Next!));

        Assert.Equal(["c", "d"], await IdsAsync(new DocumentQuery("notes") { After = first.Next }));
        Assert.Equal(["a"], await IdsAsync(new DocumentQuery("notes") { After = first.Next, Descending = true }));
    }

    [Fact]
    public async Task The_last_page_has_no_next()
    {
        await PutAsync("a", "x");
        await PutAsync("b", "x");

        Assert.Null((await Store.QueryAsync<Note>(new DocumentQuery("notes") { Limit = 2 }, None)).Next);
        Assert.Equal("a", (await Store.QueryAsync<Note>(new DocumentQuery("notes") { Limit = 1 }, None)).Next);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public async Task A_page_size_outside_of_1_to_1000_is_refused(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() =>
            Store.QueryAsync<Note>(new DocumentQuery("notes") { Limit = limit }, None).AsTask());

    [Fact]
    public async Task Queries_find_documents_by_every_indexed_field_asked_for()
    {
        await PutAsync("1", "x", ("model", "credit"), ("state", "open"));
        await PutAsync("2", "x", ("model", "credit"), ("state", "closed"));
        await PutAsync("3", "x", ("model", "fashion"), ("state", "open"));
        await PutAsync("4", "x");

        Assert.Equal(["1", "2"], await IdsAsync(Where("model", "credit")));
        Assert.Equal(["1"], await IdsAsync(Where("model", "credit", "state", "open")));
        Assert.Empty(await IdsAsync(Where("model", "spam")));
        Assert.Empty(await IdsAsync(Where("colour", "red")));
    }

    [Fact]
    public async Task A_rewritten_document_is_found_by_its_new_fields_only()
    {
        await PutAsync("1", "x", ("state", "open"));
        await PutAsync("1", "x", ("state", "closed"));

        Assert.Empty(await IdsAsync(Where("state", "open")));
        Assert.Equal(["1"], await IdsAsync(Where("state", "closed")));
    }

    [Fact]
    public async Task A_deleted_document_is_gone_from_every_query()
    {
        await PutAsync("a", "x", ("model", "credit"));
        await CommitAsync(new DocumentBatch().Delete("notes", "a", expectedRevision: 1));

        Assert.Null(await Store.GetAsync<Note>("notes", "a", None));
        Assert.Empty(await IdsAsync(new DocumentQuery("notes")));
        Assert.Empty(await IdsAsync(Where("model", "credit")));
    }
}
