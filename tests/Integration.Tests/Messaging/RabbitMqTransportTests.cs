using System.Text;
using System.Text.Json.Nodes;
using MassTransit;
using Platform.Contracts.Registry;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;
using RabbitMQ.Client;

namespace Platform.Integration.Tests.Messaging;

[Collection(MessagingServers.Name)]
public sealed class RabbitMqTransportTests(RabbitMqServer server)
{
    private const string Exchange = "registry.model-promoted.v1";

    [Fact]
    public async Task A_process_hears_what_another_publishes()
    {
        var heard = new Heard("test-hears");
        await using var listener = await RabbitMqHosts.StartListenerAsync(server, heard);
        await using var publisher = await RabbitMqHosts.StartPublisherAsync(server);

        var promoted = Promoted("1") with { At = DateTimeOffset.UnixEpoch, Reason = "better" };
        await publisher.Bus().Publish(promoted);

        await heard.AtLeastAsync(1);
        Assert.Equal(promoted, heard.Messages.Single());
    }

    [Fact]
    public async Task Of_two_replicas_one_gets_each_message()
    {
        var heard = new Heard("test-replicas");
        await using var one = await RabbitMqHosts.StartListenerAsync(server, heard);
        await using var two = await RabbitMqHosts.StartListenerAsync(server, heard);
        await using var publisher = await RabbitMqHosts.StartPublisherAsync(server);

        for (var n = 0; n < 50; n++) await publisher.Bus().Publish(Promoted($"{n}"));
        await heard.AtLeastAsync(50);

        Assert.Equal(50, heard.Messages.Select(message => message.Version).Distinct().Count());
    }

    [Fact]
    public async Task A_plain_client_reads_an_event_as_JSON_with_CloudEvents_headers()
    {
        await using var publisher = await RabbitMqHosts.StartPublisherAsync(server);
        await using var client = await PlainClient.ConnectAsync(server);
        await publisher.Bus().Publish(Promoted("0")); // declares the exchange
        var queue = await client.BindAsync(Exchange);
        var everything = await client.BindAsync("platform.events");

        await publisher.Bus().Publish(Promoted("7"));

        var message = await client.GetAsync(queue);
        Assert.Equal("application/json", message.BasicProperties.ContentType);
        Assert.Equal(DeliveryModes.Persistent, message.BasicProperties.DeliveryMode);
        Assert.All(message.BasicProperties.Headers!.Where(header => header.Key.StartsWith("cloudEvents_", StringComparison.Ordinal)),
            header => Assert.IsType<byte[]>(header.Value)); // text: a list would not arrive
        Assert.Equal("registry.model-promoted.v1", PlainClient.Header(message, "cloudEvents_type"));
        Assert.Equal("/registry", PlainClient.Header(message, "cloudEvents_source"));
        Assert.StartsWith("""{"promotionId":"","model":"credit","alias":"","version":"7",""", Encoding.UTF8.GetString(message.Body.Span));
        Assert.Equal("7", JsonNode.Parse(message.Body.Span)!["version"]!.GetValue<string>());
        Assert.Equal(message.Body.ToArray(), (await client.GetAsync(everything)).Body.ToArray());
    }

    [Fact]
    public async Task A_plain_client_publishes_what_a_service_consumes()
    {
        var heard = new Heard("test-foreign");
        await using var listener = await RabbitMqHosts.StartListenerAsync(server, heard);
        await using var client = await PlainClient.ConnectAsync(server);

        await client.PublishAsync(Exchange, """{"model":"credit","version":"9","somethingNew":true}""");

        await heard.AtLeastAsync(1);
        Assert.Equal("9", heard.Messages.Single().Version);
    }

    [Fact]
    public async Task A_message_that_fails_every_time_ends_in_the_dead_letter_queue_with_its_reason()
    {
        var attempts = 0;
        var heard = new Heard("test-poison") { Before = message => message.Version == "bad" && ++attempts > 0 ? throw new FormatException("Cannot be read.") : Task.CompletedTask };
        await using var listener = await RabbitMqHosts.StartListenerAsync(server, heard);
        await using var client = await PlainClient.ConnectAsync(server);

        await listener.Bus().Publish(Promoted("bad"));
        await listener.Bus().Publish(Promoted("good"));

        await heard.AtLeastAsync(1);
        var dead = await client.GetAsync("test-poison.dead-letter");
        Assert.Equal("bad", JsonNode.Parse(dead.Body.Span)!["version"]!.GetValue<string>());
        Assert.Equal("Cannot be read.", PlainClient.Header(dead, "MT-Fault-Message"));
        Assert.Equal("System.FormatException", PlainClient.Header(dead, "MT-Fault-ExceptionType"));
        Assert.Equal(4, attempts);
    }

    [Fact]
    public async Task A_message_that_is_not_JSON_ends_in_the_dead_letter_queue()
    {
        var heard = new Heard("test-malformed");
        await using var listener = await RabbitMqHosts.StartListenerAsync(server, heard);
        await using var client = await PlainClient.ConnectAsync(server);

        await client.PublishAsync(Exchange, "{not json");

        var dead = await client.GetAsync("test-malformed.dead-letter");
        Assert.Equal("{not json", Encoding.UTF8.GetString(dead.Body.Span));
        Assert.NotEmpty(PlainClient.Header(dead, "MT-Fault-Message"));
    }

    [Fact]
    public async Task A_message_whose_process_dies_each_time_ends_in_the_dead_letter_queue()
    {
        const string Queue = "test-deadly";
        await using (await RabbitMqHosts.StartListenerAsync(server, new Heard(Queue)))
        {
            // Declares the queue.
        }
        await using var client = await PlainClient.ConnectAsync(server);
        await client.PublishAsync(Exchange, """{"version":"deadly"}""");

        for (var death = 0; death < 21; death++)
        {
            await using var process = await PlainClient.ConnectAsync(server);
            await process.GetAsync(Queue, acknowledge: false);
        }

        var dead = await client.GetAsync($"{Queue}.dead-letter");
        Assert.Equal("""{"version":"deadly"}""", Encoding.UTF8.GetString(dead.Body.Span));
        Assert.Equal("delivery_limit", PlainClient.Header(dead, "x-first-death-reason"));
    }

    private static ModelPromoted Promoted(string version) => new() { Model = "credit", Version = version };
}
