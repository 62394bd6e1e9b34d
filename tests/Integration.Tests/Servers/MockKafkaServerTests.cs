using System.Text;
using Confluent.Kafka;
using Platform.TestKit;

namespace Platform.Integration.Tests.Servers;

[Collection(MockKafkaCollection.Name)]
public sealed class MockKafkaServerTests(MockKafkaServer server)
{
    [Fact]
    public async Task An_idempotent_producer_delivers_headers_once_the_broker_is_back()
    {
        var client = new ClientConfig { BootstrapServers = server.BootstrapServers };
        using var producer = new ProducerBuilder<string, string>(new ProducerConfig(client)
            { EnableIdempotence = true, CompressionType = CompressionType.Zstd, ReconnectBackoffMaxMs = 200 })
            .SetLogHandler((_, _) => { }).Build();
        await server.CreateTopicAsync("back", 1);
        await producer.ProduceAsync("back", Message("1"));

        await server.TakeDownAsync();
        var delivery = producer.ProduceAsync("back", Message("2"));
        await server.BringUpAsync();
        await delivery.PatientlyAsync();

        using var consumer = new ConsumerBuilder<string, string>(new ConsumerConfig(client) { GroupId = "any" }).Build();
        consumer.Assign(new TopicPartitionOffset("back", 0, 1));
        var message = consumer.Consume(TimeSpan.FromMinutes(1)).Message;
        Assert.Equal("2", message.Value);
        Assert.Equal("x", Encoding.UTF8.GetString(message.Headers.GetLastBytes("h")));
    }

    private static Message<string, string> Message(string value) => new() { Key = "k", Value = value, Headers = new Headers { { "h", "x"u8.ToArray() } } };
}
