using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting.Documents;
using Platform.Registry.Models;
using Platform.TestKit;

namespace Platform.Registry.Tests.Audit;

public sealed class AuditTests : IAsyncLifetime
{
    private readonly RegistryHost _registry = new();

    public Task InitializeAsync() => _registry.InitializeAsync();

    public Task DisposeAsync() => _registry.DisposeAsync();

    private IDocumentStore Documents => _registry.Services.GetRequiredKeyedService<IDocumentStore>(RegistryService.Name);

    [Fact]
    public async Task A_history_that_nobody_has_touched_is_proved_and_still_is_after_a_restart()
    {
        var model = await ServeAsync();
        await _registry.RegisterAsync();
        await _registry.RestartAsync();

        var all = await VerifyAsync();
        var one = await VerifyAsync(model);

        Assert.Equal("""{"valid":true,"models":2,"entries":4,"unhashed":0,"firstBad":null}""", all.ToJsonString());
        Assert.Equal("""{"valid":true,"models":1,"entries":3,"unhashed":0,"firstBad":null}""", one.ToJsonString());
        await _registry.Http.GetAsync("/v1/audit/verify?model=nobody").ProblemAsync(HttpStatusCode.NotFound, "registry.model_not_found");
    }

    [Fact]
    public async Task Each_entry_holds_the_hash_of_the_one_before()
    {
        var entries = await _registry.ItemsAsync($"/v1/models/{await ServeAsync()}/history");

        Assert.Equal([.. entries.Skip(1).Select(entry => (string?)entry!["hash"]), new string('0', 64)], entries.Select(entry => (string?)entry!["previousHash"]));
        Assert.Equal(3, entries.Select(entry => (string?)entry!["hash"]).Distinct().Count());
    }

    [Theory]
    [InlineData("by", "somebody else")]
    [InlineData("reason", "as agreed")]
    [InlineData("added", "later")]
    public async Task An_entry_that_was_edited_where_it_is_stored_is_caught(string member, string value)
    {
        var model = await ServeAsync();
        await EditAsync(model, 2, entry => entry[member] = value);

        var report = await VerifyAsync();

        Assert.False((bool)report["valid"]!);
        Assert.Equal($$"""{"model":"{{model}}","sequence":2,"problem":"its content is not what was recorded"}""", report["firstBad"]!.ToJsonString());
    }

    [Fact]
    public async Task A_verdict_of_a_gate_that_was_turned_is_caught()
    {
        var model = await ServeAsync();
        await EditAsync(model, 3, entry => entry["gates"]![0]!["passed"] = false);

        Assert.Equal(3, (int?)(await VerifyAsync(model))["firstBad"]!["sequence"]);
    }

    [Fact]
    public async Task An_entry_that_was_taken_out_is_caught_in_the_middle_and_at_the_end()
    {
        var (middle, end) = (await ServeAsync(), await ServeAsync());
        await Documents.CommitAsync(new DocumentBatch().Delete("history", IdOf(middle, 2)), CancellationToken.None);
        await Documents.CommitAsync(new DocumentBatch().Delete("history", IdOf(end, 3)), CancellationToken.None);

        Assert.Equal("entry 2 is missing, or in another place", (string?)(await VerifyAsync(middle))["firstBad"]!["problem"]);
        Assert.Equal("the model has 3 entries, of which 2 are there", (string?)(await VerifyAsync(end))["firstBad"]!["problem"]);
    }

    [Fact]
    public async Task An_entry_with_a_hash_made_anew_does_not_fit_what_follows()
    {
        var model = await ServeAsync();
        await EditAsync(model, 2, entry =>
        {
            entry["by"] = "somebody else";
            entry["hash"] = Registry.History.HistoryChain.HashOf(System.Text.Json.JsonSerializer.SerializeToElement(entry));
        });

        Assert.Equal($$"""{"model":"{{model}}","sequence":3,"problem":"it does not follow the entry before it"}""", (await VerifyAsync(model))["firstBad"]!.ToJsonString());
    }

    [Fact]
    public async Task A_history_of_before_there_were_hashes_stays_readable_and_its_chain_starts_behind_it()
    {
        var model = await _registry.RegisterAsync();
        await EditAsync(model, 1, entry => Strip(entry, "hash", "previousHash"));
        await EditModelAsync(model, document => Strip(document, "historyHash"));
        await _registry.UploadAsync(model, new UploadBody());

        Assert.Equal("""{"valid":true,"models":1,"entries":2,"unhashed":1,"firstBad":null}""", (await VerifyAsync(model)).ToJsonString());
        Assert.Equal(["version_created", "registered"], (await _registry.ItemsAsync($"/v1/models/{model}/history")).Select(entry => (string)entry!["action"]!));

        await EditAsync(model, 2, entry => Strip(entry, "hash", "previousHash"));
        Assert.False((bool)(await VerifyAsync(model))["valid"]!);
    }

    [Fact]
    public async Task A_promotion_that_gates_refuse_is_in_the_chain()
    {
        var model = await _registry.RegisterWithVersionsAsync(1, new { metrics = new { accuracy = new { atLeast = 0.5 } } });
        await Gates.GateAnswers.RefusedAsync(_registry, model, "1");

        Assert.Equal("promotion_refused", (string?)(await _registry.ItemsAsync($"/v1/models/{model}/history"))[0]!["action"]);
        Assert.Equal(3, (int)(await VerifyAsync(model))["entries"]!);
    }

    /// <summary>A model with three entries: registered, a version, promoted.</summary>
    private async Task<string> ServeAsync()
    {
        var model = await _registry.RegisterWithVersionsAsync(1);
        await _registry.PromoteAsync(model, "1");
        return model;
    }

    private Task<JsonNode> VerifyAsync(string? model = null) => _registry.GetAsync(model is null ? "/v1/audit/verify" : $"/v1/audit/verify?model={model}");

    private Task EditAsync(string model, int sequence, Action<JsonNode> edit) =>
        EditAsync("history", IdOf(model, sequence), edit, new Dictionary<string, string> { ["model"] = model });

    private Task EditModelAsync(string model, Action<JsonNode> edit) => EditAsync("models", model, edit, new Dictionary<string, string>());

    private async Task EditAsync(string collection, string id, Action<JsonNode> edit, Dictionary<string, string> index)
    {
        var stored = await Documents.GetAsync<JsonObject>(collection, id, CancellationToken.None);
        edit(stored!.Value);
        await Documents.CommitAsync(new DocumentBatch().Put(collection, id, stored.Value, stored.Revision, index), CancellationToken.None);
    }

    private static void Strip(JsonNode node, params string[] members)
    {
        foreach (var member in members) node.AsObject().Remove(member);
    }

    private static string IdOf(string model, int sequence) => $"{model}/{SortableNumber.Of(sequence)}";
}
