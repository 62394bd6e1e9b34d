using System.Net;
using System.Text.Json.Nodes;
using Platform.Inference.Tests.Jobs;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;
using Platform.TestModels;
using RabbitMQ.Client;

namespace Platform.Integration.Tests.Messaging;

/// <summary>Commands of clients that know AMQP, the contract and nothing else.</summary>
[Collection(MessagingServers.Name)]
public sealed class PlainCommandTests(RabbitMqServer server) : IAsyncLifetime
{
    private const string Command = "inference.submit-prediction.v1";
    private const string Explain =
        """{"model":"linear","request":{"inputs":[{"name":"x","datatype":"FP32","shape":[1,3],"data":[1,2,3]}],"background":[[0,0,0]]}}""";

    private static readonly string Submit = $$"""{"model":"linear","request":{{JobClient.Row}}}""";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private PlainClient _client = null!;

    public async Task InitializeAsync() => _client = await PlainClient.ConnectAsync(server);

    public async Task DisposeAsync() => await _client.DisposeAsync();

    [Fact]
    public async Task Whatever_text_a_message_has_for_an_id_stands_for_the_id_of_its_job()
    {
        string[] ids = ["order-17", "orders/2026/17", "{3F2504E0-4F89-11D3-9A0C-0305E82C3301}", "3f2504e04f8911d39a0c0305e82c3302", "3F2504E0-4F89-11D3-9A0C-0305E82C3303", "a%b:c"];
        await using var registry = await Inference.Tests.StubRegistry.StartAsync();
        registry.Deploy("linear", "1", TinyModels.Linear());
        using var inference = new ServiceProcess("Platform.Inference", [new("Registry:Address", registry.Address.ToString()), .. RabbitMqHosts.Settings(server)]);
        await inference.StartAsync();

        foreach (var id in ids) await _client.PublishAsync(Command, Submit, new BasicProperties { ContentType = "application/json", MessageId = id });

        foreach (var id in ids)
        {
            var job = await EndedAsync(inference, $"/v1/jobs/{Uri.EscapeDataString(id)}", job => job["finishedAt"] is not null);
            Assert.Equal((id, id, "succeeded"), ((string)job["id"]!, (string)job["predictionId"]!, (string)job["state"]!));
        }
        using var events = await inference.Http.GetAsync($"/v1/jobs/{Uri.EscapeDataString("orders/2026/17")}/events");
        Assert.Contains("event: succeeded", await events.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task An_id_that_cannot_be_one_is_dead_lettered_with_the_reason()
    {
        await using var registry = await Inference.Tests.StubRegistry.StartAsync();
        using var inference = new ServiceProcess("Platform.Inference", [new("Registry:Address", registry.Address.ToString()), .. RabbitMqHosts.Settings(server)]);
        await inference.StartAsync();

        await _client.PublishAsync(Command, Submit, new BasicProperties { MessageId = "with a blank" });

        var dead = await _client.GetAsync("inference-submit-prediction.dead-letter");
        Assert.Contains("jobId must hold 1 to 128 visible ASCII characters", PlainClient.Header(dead, "MT-Fault-Message"));
    }

    [Fact]
    public async Task An_explanation_is_named_by_its_message_too_and_can_be_asked_for_by_an_id_with_slashes()
    {
        await using var registry = await Explainer.Tests.StubRegistry.StartAsync();
        registry.Add("linear", TinyModels.Linear().ToArray());
        using var explainer = new ServiceProcess("Platform.Explainer", [new("Registry:Address", registry.Address.ToString()), .. RabbitMqHosts.Settings(server)]);
        await explainer.StartAsync();

        await _client.PublishAsync("explainer.compute-explanation.v1", Explain, new BasicProperties { MessageId = "why/17" });

        var explanation = await EndedAsync(explainer, "/v1/explanations/why%2F17", explanation => explanation["rows"] is not null);
        Assert.Equal("why/17", (string)explanation["id"]!);
    }

    [Fact]
    public async Task A_body_without_a_content_type_is_read_as_JSON()
    {
        var heard = new Heard("test-untyped");
        await using var listener = await RabbitMqHosts.StartListenerAsync(server, heard);

        await _client.PublishAsync("registry.model-promoted.v1", """{"version":"7"}""", new BasicProperties());
        await heard.AtLeastAsync(1);
        await _client.PublishAsync("registry.model-promoted.v1", """{"version": seven}""", new BasicProperties());

        var dead = await _client.GetAsync("test-untyped.dead-letter");
        Assert.Equal("7", heard.Messages.Single().Version);
        Assert.Contains("'s' is an invalid start of a value", PlainClient.Header(dead, "MT-Fault-Message"));
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData(null)]
    public async Task A_byte_order_mark_before_a_body_is_passed_over(string? contentType)
    {
        var heard = new Heard($"test-marked-{(contentType is null ? "untyped" : "typed")}");
        await using var listener = await RabbitMqHosts.StartListenerAsync(server, heard);
        var properties = contentType is null ? new BasicProperties() : new BasicProperties { ContentType = contentType };

        await _client.PublishAsync("registry.model-promoted.v1", "\uFEFF{\"version\":\"8\"}", properties);
        await heard.AtLeastAsync(1);

        Assert.Equal("8", heard.Messages.Single().Version);
    }

    /// <summary>A limit on a consumer's concurrency alone leaves the prefetch at 16: one process would hold what others have room for.</summary>
    [Fact]
    public async Task A_queue_hands_a_process_no_more_than_its_consumer_runs()
    {
        await using var registry = await Inference.Tests.StubRegistry.StartAsync();
        KeyValuePair<string, string?>[] settings = [new("Registry:Address", registry.Address.ToString()), .. RabbitMqHosts.Settings(server)];
        using var inference = new ServiceProcess("Platform.Inference", [.. settings, new("Inference:Jobs:Concurrency", "3")]);
        using var explainer = new ServiceProcess("Platform.Explainer", settings);
        await Task.WhenAll(inference.StartAsync(), explainer.StartAsync());

        var said = await server.ControlAsync("list_consumers", "--no-table-headers", "queue_name", "prefetch_count");

        var prefetches = said.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split('\t'))
            .Where(line => line[0].StartsWith("inference-", StringComparison.Ordinal) || line[0].StartsWith("explainer-", StringComparison.Ordinal))
            .ToLookup(line => line[0].Split(".replica-")[0], line => int.Parse(line[1]));
        Assert.Equal([3], prefetches["inference-submit-prediction"]);
        Assert.Equal([4], prefetches["explainer-compute-explanation"]);
        var others = prefetches.Where(queue => queue.Key is not ("inference-submit-prediction" or "explainer-compute-explanation")).ToList();
        Assert.Equal(8, others.Count);
        Assert.All(others, queue => Assert.Equal([1], queue));
    }

    private static Task<JsonNode> EndedAsync(ServiceProcess service, string path, Func<JsonNode, bool> hasEnded) => Eventually.ValueAsync(async () =>
    {
        using var answer = await service.Http.GetAsync(path);
        if (answer.StatusCode != HttpStatusCode.OK) return null;
        var found = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return hasEnded(found) ? found : null;
    }, $"{path} ends", Patience);
}
