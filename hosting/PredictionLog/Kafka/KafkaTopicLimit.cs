using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;

namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>
/// Looks whether the topic takes the largest record, again and again: Kafka may be away when we start, the topic may be made later, and
/// whoever raises its limit should see that it is enough.
/// </summary>
internal sealed class KafkaTopicLimit(KafkaOptions options, KafkaTrust trust, TimeProvider time, ILogger logger)
{
    private string? _unread;

    /// <summary>What is wrong, for a person; null when nothing is, or the topic could not be asked.</summary>
    public string? Problem { get; private set; }

    /// <summary>Looks until it is stopped. A broker that is too old to be asked is not.</summary>
    public async Task WatchAsync(CancellationToken stoppingToken)
    {
        while (options.BrokerVersion is null && !stoppingToken.IsCancellationRequested)
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(options.TopicInterval, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task LookAsync(CancellationToken cancellationToken)
    {
        using var admin = KafkaTopic.Connect(options, trust, logger);
        var topic = new ConfigResource { Type = ResourceType.Topic, Name = options.Topic };
        try
        {
            var answers = await admin.DescribeConfigsAsync([topic], new DescribeConfigsOptions { RequestTimeout = KafkaTopic.Patience })
                .WaitAsync(cancellationToken);
            (Problem, _unread) = (Judge(answers[0]), null);
        }
        catch (KafkaException exception)
        {
            Tell(exception.Error.Reason); // not there yet, or not everybody may ask: what was known stays
        }
    }

    /// <summary>The broker holds its limit against what is sent compressed, so that a lower one does not refuse every such record.</summary>
    private string? Judge(DescribeConfigsResult answer)
    {
        if (!answer.Entries.TryGetValue(KafkaTopic.LimitName, out var entry)) return null;
        if (!long.TryParse(entry.Value, CultureInfo.InvariantCulture, out var limit) || limit >= options.MaxMessageBytes) return null;
        var problem = $"the topic {options.Topic} takes messages of {limit} bytes, records may have {options.MaxMessageBytes}";
        if (problem != Problem) KafkaLog.LimitTooLow(logger, options.Topic, limit, options.MaxMessageBytes);
        return problem;
    }

    private void Tell(string reason)
    {
        if (reason != _unread) KafkaLog.Client(logger, $"The topic's {KafkaTopic.LimitName} could not be read: {reason}");
        _unread = reason;
    }
}
