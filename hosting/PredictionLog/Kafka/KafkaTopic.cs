using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>Makes the topic where that is possible; else it must be there, or the broker makes it at first use.</summary>
internal static class KafkaTopic
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task EnsureAsync(KafkaOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        if (!options.CreateTopic || options.BrokerVersion is not null) return; // the old cannot be asked
        using var admin = new AdminClientBuilder(KafkaClients.Admin(options))
            .SetErrorHandler((_, _) => { }) // what goes wrong is in the answer
            .SetLogHandler((_, message) => KafkaLog.Client(logger, message.Message))
            .Build();
        var topic = new TopicSpecification { Name = options.Topic, NumPartitions = options.Partitions, ReplicationFactor = -1 };
        try
        {
            await admin.CreateTopicsAsync([topic], new CreateTopicsOptions { RequestTimeout = Patience, OperationTimeout = Patience })
                .WaitAsync(cancellationToken);
        }
        catch (CreateTopicsException exists) when (exists.Results.All(result => result.Error.Code == ErrorCode.TopicAlreadyExists))
        {
            // As it should be.
        }
        catch (KafkaException exception)
        {
            KafkaLog.TopicNotMade(logger, options.Topic, exception.Error.Reason);
        }
    }
}
