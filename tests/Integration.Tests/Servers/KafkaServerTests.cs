using Confluent.Kafka;

namespace Platform.Integration.Tests.Servers;

[Collection(KafkaCollection.Name)]
public sealed class KafkaServerTests(KafkaServer server)
{
    [Fact]
    public async Task An_acknowledged_record_outlives_a_killed_broker()
    {
        await ProduceAsync("before");
        server.Kill();
        await server.RestartAsync();
        await ProduceAsync("after");

        Assert.Equal(["before", "after"], Consume(2));
    }

    private async Task ProduceAsync(string value)
    {
        var settings = new ProducerConfig(Client()) { Acks = Acks.All };
        using var producer = new ProducerBuilder<Null, string>(settings).Build();
        await producer.ProduceAsync(new TopicPartition("kept", 0), new Message<Null, string> { Value = value });
    }

    private List<string> Consume(int count)
    {
        var settings = new ConsumerConfig(Client()) { GroupId = "readers", AutoOffsetReset = AutoOffsetReset.Earliest };
        using var consumer = new ConsumerBuilder<Null, string>(settings).Build();
        consumer.Subscribe("kept");
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return [.. Enumerable.Range(0, count).Select(_ => consumer.Consume(deadline.Token).Message.Value)];
    }

    private ClientConfig Client() => new()
    {
        BootstrapServers = server.BootstrapServers, ApiVersionRequest = false, BrokerVersionFallback = "0.9.0.1",
    };
}
