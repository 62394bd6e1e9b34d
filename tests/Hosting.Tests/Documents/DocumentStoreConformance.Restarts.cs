using Platform.Hosting.Documents;

namespace Platform.Hosting.Tests.Documents;

// What is there again after the store was closed and opened.
public abstract partial class DocumentStoreConformance
{
    [Fact]
    public async Task Everything_is_there_again_after_a_restart()
    {
        await PutAsync("a", "one", ("model", "credit"));
        await PutAsync("a", "two", ("model", "credit"));
        await PutAsync("b", "gone");
        await CommitAsync(new DocumentBatch().Delete("notes", "b").Publish("m", Promoted("1")));

        await ReopenAsync();

        Assert.Equal(new Document<Note>("a", 2, new Note("two")), await Store.GetAsync<Note>("notes", "a", None));
        Assert.Equal(["a"], await IdsAsync(Where("model", "credit")));
        Assert.Equal(["a"], await IdsAsync(new DocumentQuery("notes")));
        Assert.Equal(1, await Store.LastSequenceAsync(None));
        await CommitAsync(new DocumentBatch().Publish("m", Promoted("2")));
        Assert.Equal([1, 2], await VersionsAsync(0, 10));
    }

    [Theory]
    [InlineData("..")]
    [InlineData("../../etc/passwd")]
    [InlineData("a/b\\c:d*?\"<>|%~")]
    [InlineData("CON")]
    [InlineData("床前明月光")]
    [InlineData(" ")]
    public async Task Any_text_can_be_an_id(string id)
    {
        await PutAsync(id, "x");
        await PutAsync(id + id, "y");

        await ReopenAsync();

        Assert.Equal("x", (await Store.GetAsync<Note>("notes", id, None))!.Value.Text);
        Assert.Equal("y", (await Store.GetAsync<Note>("notes", id + id, None))!.Value.Text);
    }

    [Fact]
    public async Task Ids_that_differ_late_or_only_in_case_stay_apart()
    {
        string[] ids = ["a", "A", new string('x', 400) + "1", new string('x', 400) + "2"];
        foreach (var id in ids) await PutAsync(id, id);

        await ReopenAsync();

        foreach (var id in ids) Assert.Equal(id, (await Store.GetAsync<Note>("notes", id, None))!.Value.Text);
    }
}
