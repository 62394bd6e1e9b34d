using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>Makes the topic where that is possible; else it must be there, or the broker makes it at first use.</summary>
internal static class KafkaTopic
{
    public const string LimitName = "max.message.bytes";

    /// <summary>How long an answer may take.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static IAdminClient Connect(KafkaOptions options, KafkaTrust trust, ILogger logger) => new AdminClientBuilder(KafkaClients.Admin(options))
        .SetErrorHandler((_, error) => trust.Note(error)) // what goes wrong otherwise is in the answer
        .SetLogHandler((_, message) => KafkaLog.Client(logger, message.Message))
        .Build();

    public static async Task EnsureAsync(KafkaOptions options, KafkaTrust trust, ILogger logger, CancellationToken cancellationToken)
    {
        if (options.BrokerVersion is not null || !options.CreateTopic) return; // the old cannot be asked to
        using var admin = Connect(options, trust, logger);
        try
        {
            await admin.CreateTopicsAsync([Wanted(options)], new CreateTopicsOptions { RequestTimeout = Patience, OperationTimeout = Patience })
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

    private static TopicSpecification Wanted(KafkaOptions options)
    {
        var topic = new TopicSpecification { Name = options.Topic, NumPartitions = options.Partitions, ReplicationFactor = -1 };
        if (options.MaxMessageBytes > new KafkaOptions().MaxMessageBytes)
            topic.Configs = new() { [LimitName] = options.MaxMessageBytes.ToString(CultureInfo.InvariantCulture) };
        return topic;
    }
}
