using System.Text.Json;
using Platform.Hosting.Documents;

namespace Platform.Hosting.Tests.Documents;

// Text that servers have trouble with.
public abstract partial class SharedDocumentStoreConformance
{
    [Theory]
    [InlineData("\0")]
    [InlineData("a\0b")]
    [InlineData("\u001A")]
    [InlineData("😀")]
    [InlineData("\uD83D")]
    public async Task Text_that_a_server_cannot_hold_is_kept_all_the_same(string text)
    {
        var index = new Dictionary<string, string> { ["field"] = text };
        await Store.CommitAsync(new DocumentBatch().Put("notes", text, new Note("x"), 0, index).Put("notes", "z", new Note("z"), 0), None);

        Assert.Equal(text, (await Store.GetAsync<Note>("notes", text, None))!.Id);
        var found = await Store.QueryAsync<Note>(new DocumentQuery("notes") { Where = index }, None);
        Assert.Equal([text], found.Items.Select(item => item.Id));
    }

    [Fact]
    public async Task Texts_far_longer_than_an_index_entry_stay_apart_and_can_be_paged()
    {
        var ids = Enumerable.Range(0, 5).Select(i => new string('x', 50_000) + i).ToList();
        foreach (var id in ids) await Store.CommitAsync(new DocumentBatch().Put("notes", id, new Note(id), 0), None);

        var seen = new List<string>();
        for (string? after = null, last = ""; last is not null; after = last)
        {
            var page = await Store.QueryAsync<Note>(new DocumentQuery("notes") { Limit = 2, After = after }, None);
            seen.AddRange(page.Items.Select(item => item.Value.Text));
            last = page.Next;
        }

        Assert.Equal(ids, seen.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("""{"a":"\u0000"}""")]
    [InlineData("""{"a":1e999999}""")]
    [InlineData("""{"b":-0.0,"a":1.50,"a":2}""")]
    [InlineData("null")]
    public async Task JSON_is_kept_exactly_as_it_was_written(string json)
    {
        var value = new Holder(JsonElement.Parse(json));
        await Store.CommitAsync(new DocumentBatch().Put("notes", "a", value, 0), None);

        var read = (await Store.GetAsync<Holder>("notes", "a", None))!.Value;

        Assert.Equal(json, read.Json.GetRawText());
    }

    public sealed record Holder(JsonElement Json);
}
