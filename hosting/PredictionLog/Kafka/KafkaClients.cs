using Confluent.Kafka;

namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>The settings of the clients, all in one place.</summary>
internal static class KafkaClients
{
    public static ProducerConfig Producer(KafkaOptions options)
    {
        var isOld = options.BrokerVersion is not null;
        return new ProducerConfig(Common(options))
        {
            Acks = Acks.All,
            EnableIdempotence = !isOld,
            MaxInFlight = isOld ? 1 : 5, // what keeps the order where idempotence does not
            CompressionType = isOld ? CompressionType.Gzip : CompressionType.Zstd,
            Partitioner = Partitioner.Murmur2Random, // as Java's clients place a key
            LingerMs = 5,
            // Records are bounded where they are made. One that an earlier version has left in the spool is for the broker to judge, compressed.
            MessageMaxBytes = Math.Max(2 * options.MaxMessageBytes, 4_000_000),
            BatchSize = Math.Min(options.MaxMessageBytes, 1_000_000),
            MessageTimeoutMs = 0, // a record waits for the broker as long as it takes
            QueueBufferingMaxKbytes = 64 << 10,
            DeliveryReportFields = "none",
        };
    }

    public static ConsumerConfig Consumer(KafkaOptions options, string group) => new(Common(options))
    {
        GroupId = group,
        AutoOffsetReset = AutoOffsetReset.Earliest,
        EnableAutoCommit = true, // of what the consumer has stored, for those who watch its lag
        EnableAutoOffsetStore = false,
        FetchWaitMaxMs = 100,
        QueuedMaxMessagesKbytes = 32 << 10,
    };

    public static AdminClientConfig Admin(KafkaOptions options) => new(Common(options));

    /// <summary>What a client says of an error that it gets over by itself.</summary>
    public static void Tell(Error error, KafkaTrust trust, ILogger logger)
    {
        if (!trust.Note(error)) KafkaLog.Client(logger, error.Reason);
    }

    private static ClientConfig Common(KafkaOptions options)
    {
        var common = new ClientConfig(options.Settings.ToDictionary())
        {
            BootstrapServers = options.BootstrapServers,
            ClientId = "platform",
            ReconnectBackoffMaxMs = 2000,
            SocketKeepaliveEnable = true,
        };
        if (options.BrokerVersion is null) return common;
        common.ApiVersionRequest = false;
        common.BrokerVersionFallback = options.BrokerVersion;
        return common;
    }
}
