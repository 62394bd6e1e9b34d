using Platform.Integration.Tests.Servers;
using Platform.TestKit;

namespace Platform.Integration.Tests.PredictionLog;

/// <summary>Against a broker that keeps its log when it dies. It is an old one: no idempotent producer, no headers.</summary>
[Collection(KafkaCollection.Name)]
public sealed class BrokerDeathTests(KafkaServer kafka)
{
    [Fact]
    public async Task Records_appended_while_the_broker_is_killed_and_restarted_arrive_once_and_in_order()
    {
        KeyValuePair<string, string?>[] settings =
        [
            new("PredictionLog:Kafka:BootstrapServers", kafka.BootstrapServers),
            new("PredictionLog:Kafka:Topic", "deaths"),
            new("PredictionLog:Kafka:BrokerVersion", "0.9.0.1"),
        ];
        using var folder = new TemporaryFolder();
        var state = new ReadState();
        await using var reader = ReadingProcess.Start(state, settings);
        await using var writer = await WritingProcess.StartAsync(folder.Path, settings);
        writer.Append(0, 1000);
        await state.AtLeastAsync(1000);

        writer.Append(1000, 2000);
        kafka.Kill();
        writer.Append(3000, 2000);
        await kafka.RestartAsync();
        writer.Append(5000, 1000);
        await state.AtLeastAsync(6000);

        state.AssertCompleteAndOrdered(6000);
        await Eventually.TrueAsync(() => writer.Totals is { Accepted: 6000, Delivered: 6000, Spooled: 0, Dropped: 0 },
            "the account is settled");
    }
}
