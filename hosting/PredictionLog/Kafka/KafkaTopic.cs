using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>
/// Makes the topic where that is possible; else it must be there, or the broker makes it at first use. And looks whether it takes the largest record.
/// </summary>
internal static class KafkaTopic
{
    private const string LimitName = "max.message.bytes";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>What is wrong with the topic; null when nothing is, or it cannot be asked.</summary>
    public static async Task<string?> EnsureAsync(KafkaOptions options, KafkaTrust trust, ILogger logger, CancellationToken cancellationToken)
    {
        if (options.BrokerVersion is not null) return null; // the old cannot be asked
        using var admin = new AdminClientBuilder(KafkaClients.Admin(options))
            .SetErrorHandler((_, error) => trust.Note(error)) // what goes wrong otherwise is in the answer
            .SetLogHandler((_, message) => KafkaLog.Client(logger, message.Message))
            .Build();
        if (options.CreateTopic) await CreateAsync(admin, options, logger, cancellationToken);
        return await CheckLimitAsync(admin, options, logger, cancellationToken);
    }

    private static async Task CreateAsync(IAdminClient admin, KafkaOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var topic = new TopicSpecification { Name = options.Topic, NumPartitions = options.Partitions, ReplicationFactor = -1 };
        if (options.MaxMessageBytes > new KafkaOptions().MaxMessageBytes)
            topic.Configs = new() { [LimitName] = options.MaxMessageBytes.ToString(CultureInfo.InvariantCulture) };
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

    /// <summary>The broker holds its limit against what is sent compressed, so that a lower one does not refuse every such record.</summary>
    private static async Task<string?> CheckLimitAsync(IAdminClient admin, KafkaOptions options, ILogger logger, CancellationToken cancellationToken)
    {
        var topic = new ConfigResource { Type = ResourceType.Topic, Name = options.Topic };
        try
        {
            var answers = await admin.DescribeConfigsAsync([topic], new DescribeConfigsOptions { RequestTimeout = Patience }).WaitAsync(cancellationToken);
            if (!answers[0].Entries.TryGetValue(LimitName, out var entry)) return null;
            if (!long.TryParse(entry.Value, CultureInfo.InvariantCulture, out var limit) || limit >= options.MaxMessageBytes) return null;
            KafkaLog.LimitTooLow(logger, options.Topic, limit, options.MaxMessageBytes);
            return $"the topic {options.Topic} takes messages of {limit} bytes, records may have {options.MaxMessageBytes}";
        }
        catch (KafkaException exception)
        {
            KafkaLog.Client(logger, $"The topic's {LimitName} could not be read: {exception.Error.Reason}"); // not everybody may ask
            return null;
        }
    }
}
