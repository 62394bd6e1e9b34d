using Confluent.Kafka;
using Platform.TestKit;

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

    /// <summary>
    /// Somebody else is the controller, for good: the broker answers, and its metadata names no broker. That is how one looks which lost
    /// its session in the moment of its election.
    /// </summary>
    [Fact]
    public async Task A_broker_that_is_never_elected_controller_is_started_again()
    {
        server.Kill();
        await server.ZooKeeperAsync("delete /controller");
        await Eventually.TrueAsync(
            async () => (await server.ZooKeeperAsync("""create /controller {"version":1,"brokerid":9,"timestamp":"1"}""")).Contains("Created"),
            "the killed broker is no controller any more");

        var starting = server.RestartAsync();
        await Eventually.TrueAsync(() => server.Said.Contains("has had no controller"), "the script says what is wrong");
        await server.ZooKeeperAsync("delete /controller");
        await starting.PatientlyAsync();

        Assert.Contains("its metadata names 0 brokers; starting it again", server.Said);
        await ProduceAsync("elected", topic: "elections");
    }

    [Fact]
    public async Task A_ZooKeeper_that_dies_while_Kafka_starts_is_started_again()
    {
        var killed = server.Pid;
        server.Kill();
        var starting = server.RestartAsync();
        await Eventually.TrueAsync(() => server.Pid != killed, "the broker was launched");
        server.KillZooKeeper();
        await starting.PatientlyAsync();

        await ProduceAsync("reached", topic: "deaths");
    }

    private async Task ProduceAsync(string value, string topic = "kept")
    {
        var settings = new ProducerConfig(Client()) { Acks = Acks.All };
        using var producer = new ProducerBuilder<Null, string>(settings).Build();
        await producer.ProduceAsync(new TopicPartition(topic, 0), new Message<Null, string> { Value = value });
    }

    private List<string> Consume(int count)
    {
        var settings = new ConsumerConfig(Client()) { GroupId = "readers", AutoOffsetReset = AutoOffsetReset.Earliest };
        using var consumer = new ConsumerBuilder<Null, string>(settings).Build();
        consumer.Subscribe("kept");
        using var deadline = new CancellationTokenSource(Eventually.Patience);
        return [.. Enumerable.Range(0, count).Select(_ => consumer.Consume(deadline.Token).Message.Value)];
    }

    private ClientConfig Client() => new()
    {
        BootstrapServers = server.BootstrapServers, ApiVersionRequest = false, BrokerVersionFallback = "0.9.0.1",
    };
}
