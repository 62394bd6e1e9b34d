using Platform.Hosting.Documents;

namespace Platform.Hosting.Tests.Documents;

// What a commit stores, and when it is refused.
public abstract partial class DocumentStoreConformance
{
    [Fact]
    public async Task A_document_that_was_never_stored_is_null() =>
        Assert.Null(await Store.GetAsync<Note>("notes", "a", None));

    [Fact]
    public async Task A_stored_document_comes_back_with_revision_one()
    {
        await PutAsync("a", "hello");

        var document = await Store.GetAsync<Note>("notes", "a", None);

        Assert.Equal(new Document<Note>("a", 1, new Note("hello")), document);
    }

    [Fact]
    public async Task Every_write_raises_the_revision_by_one()
    {
        await PutAsync("a", "one");
        await PutAsync("a", "two");
        await PutAsync("a", "three");

        Assert.Equal(new Document<Note>("a", 3, new Note("three")), await Store.GetAsync<Note>("notes", "a", None));
    }

    [Fact]
    public async Task Collections_do_not_see_each_other()
    {
        await CommitAsync(new DocumentBatch().Put("notes", "a", new Note("note"), null).Put("letters", "a", new Note("letter"), null));

        Assert.Equal("note", (await Store.GetAsync<Note>("notes", "a", None))!.Value.Text);
        Assert.Equal("letter", (await Store.GetAsync<Note>("letters", "a", None))!.Value.Text);
    }

    [Theory]
    [InlineData("Notes")]
    [InlineData("../notes")]
    [InlineData("")]
    public void A_collection_needs_a_plain_name(string collection) =>
        Assert.Throws<ArgumentException>(() => new DocumentBatch().Put(collection, "a", new Note("x"), null));

    [Fact]
    public async Task A_batch_sees_its_own_earlier_writes()
    {
        await CommitAsync(new DocumentBatch()
            .Put("notes", "a", new Note("one"), 0).Put("notes", "a", new Note("two"), 1).Delete("notes", "b"));

        Assert.Equal(new Document<Note>("a", 2, new Note("two")), await Store.GetAsync<Note>("notes", "a", None));
    }

    [Fact]
    public async Task Changing_the_object_after_the_commit_does_not_change_the_document()
    {
        var numbers = new List<int> { 1 };
        await CommitAsync(new DocumentBatch().Put("notes", "a", new Numbers(numbers), 0));
        numbers.Add(2);

        Assert.Equal([1], (await Store.GetAsync<Numbers>("notes", "a", None))!.Value.Items);
    }

    [Fact]
    public async Task Creating_what_exists_is_a_conflict_and_changes_nothing()
    {
        await PutAsync("a", "first");

        var conflict = await Store.CommitAsync(new DocumentBatch().Put("notes", "a", new Note("second"), 0), None);

        Assert.Equal(new DocumentConflict("notes", "a", 0, 1), conflict);
        Assert.Equal("first", (await Store.GetAsync<Note>("notes", "a", None))!.Value.Text);
    }

    [Fact]
    public async Task Writing_from_an_old_revision_is_a_conflict()
    {
        await PutAsync("a", "one");
        await PutAsync("a", "two");

        Assert.Equal(new DocumentConflict("notes", "a", 1, 2),
            await Store.CommitAsync(new DocumentBatch().Put("notes", "a", new Note("three"), 1), None));
        Assert.Null(await Store.CommitAsync(new DocumentBatch().Put("notes", "a", new Note("three"), 2), None));
    }

    [Fact]
    public async Task One_conflict_refuses_the_whole_batch_with_its_events()
    {
        await PutAsync("a", "one");

        var conflict = await Store.CommitAsync(
            new DocumentBatch().Put("notes", "b", new Note("new"), 0).Publish("m", Promoted("1")).Put("notes", "a", new Note("x"), 7), None);

        Assert.NotNull(conflict);
        Assert.Null(await Store.GetAsync<Note>("notes", "b", None));
        Assert.Equal(0, await Store.LastSequenceAsync(None));
    }

    public sealed record Numbers(IReadOnlyList<int> Items);
}
