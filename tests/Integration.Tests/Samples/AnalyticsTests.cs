using Platform.Contracts.Inference;
using Platform.Integration.Tests.PredictionLog;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;

namespace Platform.Integration.Tests.Samples;

[Collection(MockKafkaCollection.Name)]
public sealed class AnalyticsTests(MockKafkaServer kafka) : IDisposable
{
    private const string Topic = "analysed";
    private readonly TemporaryFolder _folder = new();

    private KeyValuePair<string, string?>[] Settings =>
    [
        new("PredictionLog:Kafka:BootstrapServers", kafka.BootstrapServers), new("PredictionLog:Kafka:Topic", Topic),
        new("PredictionLog:Kafka:CreateTopic", "false"),
    ];

    [Fact]
    public async Task The_sample_consumer_counts_each_prediction_once_though_it_is_killed_and_records_are_sent_again()
    {
        await kafka.CreateTopicAsync(Topic, 3);
        await using (var first = await WritingProcess.StartAsync(_folder.Path, Settings))
        {
            Append(first, 600);
            await SampleAsync("credit 1 rejected 200; credit 1 succeeded 400"); // and is killed
        }
        WritingProcess.ForgetTheMark(_folder);
        await using var second = await WritingProcess.StartAsync(_folder.Path, Settings);
        Append(second, 300);

        await SampleAsync("credit 1 rejected 300; credit 1 succeeded 600");
    }

    public void Dispose() => _folder.Dispose();

    private Task SampleAsync(string line) => AnalyticsSample.SaysAsync(line, kafka.BootstrapServers, _folder.File("tally.json"), Topic);

    private static void Append(WritingProcess writer, int count)
    {
        for (var n = 0; n < count; n++)
            writer.Append(new PredictionLogged
            {
                Id = $"{n}", Subject = "credit",
                Data = new() { Version = "1", Status = n % 3 == 0 ? PredictionStatus.Rejected : PredictionStatus.Succeeded },
            });
    }
}
