using System.Collections.Concurrent;
using System.Text;
using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Registry;
using Platform.Hosting.Messaging;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;

namespace Platform.Integration.Tests.Messaging;

/// <summary>
/// What MassTransit 8.5.12 does that we work around, or keep clear of (docs/decisions/0005): a release that does otherwise fails here first.
/// </summary>
[Collection(MessagingServers.Name)]
public sealed class FrameworkTests(RabbitMqServer server) : IAsyncLifetime
{
    private PlainClient _client = null!;

    public async Task InitializeAsync() => _client = await PlainClient.ConnectAsync(server);

    public async Task DisposeAsync() => await _client.DisposeAsync();

    /// <summary>So a queue has one consumer: ConsumerTests.No_two_consumers_compete_for_one_queue.</summary>
    [Fact]
    public async Task A_raw_body_runs_every_consumer_of_its_queue_whatever_that_consumes()
    {
        var ran = new Ran();
        await using var host = await RabbitMqHosts.StartAsync(server, services => services.AddSingleton(ran), new ServiceMessaging("test", bus =>
        {
            bus.AddConsumer<PromotedConsumer>().Endpoint(endpoint => endpoint.Name = "test-of-two");
            bus.AddConsumer<RolledBackConsumer>().Endpoint(endpoint => endpoint.Name = "test-of-two");
        }));

        await _client.PublishAsync("registry.model-promoted.v1", """{"model":"credit"}""");

        await Eventually.TrueAsync(() => ran.Consumers.Count == 2, "both consumers run");
        Assert.Equal([nameof(PromotedConsumer), nameof(RolledBackConsumer)], ran.Consumers.Order());
    }

    /// <summary>So nothing on the wire is one: ShapeTests.Nothing_on_the_wire_is_a_decimal.</summary>
    [Fact]
    public async Task A_decimal_travels_as_text() => Assert.Equal("""{"price":"1.10"}""", Encoding.UTF8.GetString((await SentAsync()).Body.Span));

    /// <summary>So each header of ours is text: RabbitMqTransportTests.A_plain_client_reads_an_event_as_JSON_with_CloudEvents_headers.</summary>
    [Fact]
    public async Task A_list_in_a_header_does_not_arrive()
    {
        var headers = (await SentAsync()).BasicProperties.Headers!;

        Assert.Contains("text", headers.Keys);
        Assert.DoesNotContain("list", headers.Keys);
    }

    /// <summary>So definitions set both, wherever the limit stands: PlainCommandTests.A_queue_hands_a_process_no_more_than_its_consumer_runs.</summary>
    [Fact]
    public async Task A_limit_set_on_a_consumer_leaves_the_prefetch_as_it_was()
    {
        await using var host = await RabbitMqHosts.StartAsync(server, services => services.AddSingleton(new Ran()), new ServiceMessaging("test", bus =>
            bus.AddConsumer<PromotedConsumer>(consumer => consumer.UseConcurrentMessageLimit(4)).Endpoint(endpoint => endpoint.Name = "test-limited")));

        var said = await server.ControlAsync("list_consumers", "--no-table-headers", "queue_name", "prefetch_count");

        Assert.Contains($"test-limited\t{new RabbitMqOptions().Prefetch}", said.Split('\n'));
    }

    private async Task<RabbitMQ.Client.BasicGetResult> SentAsync()
    {
        await using var publisher = await RabbitMqHosts.StartPublisherAsync(server);
        await publisher.Bus().Publish(new Priced(1.10m)); // declares the exchange
        var queue = await _client.BindAsync(publisher.Bus().Topology.Message<Priced>().EntityName);
        await publisher.Bus().Publish(new Priced(1.10m), context =>
        {
            context.Headers.Set("text", "a");
            context.Headers.Set("list", new[] { "a", "b" });
        });
        return await _client.GetAsync(queue);
    }

    public sealed record Priced(decimal Price);

    private sealed class Ran
    {
        public ConcurrentBag<string> Consumers { get; } = [];
    }

    private sealed class PromotedConsumer(Ran ran) : IConsumer<ModelPromoted>
    {
        public Task Consume(ConsumeContext<ModelPromoted> context)
        {
            ran.Consumers.Add(nameof(PromotedConsumer));
            return Task.CompletedTask;
        }
    }

    private sealed class RolledBackConsumer(Ran ran) : IConsumer<ModelRolledBack>
    {
        public Task Consume(ConsumeContext<ModelRolledBack> context)
        {
            ran.Consumers.Add(nameof(RolledBackConsumer));
            return Task.CompletedTask;
        }
    }
}
