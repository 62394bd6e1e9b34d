using Confluent.Kafka;
using Platform.Contracts.Inference;
using Platform.Integration.Tests.Export;
using Platform.Integration.Tests.Samples;
using Platform.Integration.Tests.Servers;
using Platform.Onnx.Tensors;
using Platform.TestKit;

namespace Platform.Integration.Tests.PredictionLog;

/// <summary>What reads the topic beside our services, with a broker that drops headers and cannot say what it understands.</summary>
[Collection(KafkaCollection.Name)]
public sealed class OldBrokerTests(KafkaServer kafka) : IDisposable
{
    private const string Version = "0.9.0.1";
    private const string Topic = "old";
    private static readonly DateTimeOffset Noon = DateTimeOffset.Parse("2026-03-04T12:00:00Z");

    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Export_and_the_sample_consumer_read_from_an_old_broker_too()
    {
        await using var writer = await WritingProcess.StartAsync(_folder.Path,
        [
            new("PredictionLog:Kafka:BootstrapServers", kafka.BootstrapServers), new("PredictionLog:Kafka:Topic", Topic),
            new("PredictionLog:Kafka:BrokerVersion", Version),
        ]);
        for (var n = 0; n < 50; n++)
            writer.Append(new PredictionLogged { Id = $"{n}", Subject = "credit", Time = Noon.AddMinutes(n), Data = new() { Version = "1" } });
        await Eventually.TrueAsync(() => writer.Totals is { Delivered: 50 }, "the records have arrived");

        var (status, said) = await ExportProgram.RunAsync("--kafka", kafka.BootstrapServers, "--topic", Topic, "--broker-version", Version,
            "--from", "2026-03-04T12:10Z", "--to", "2026-03-04T12:30Z", _folder.File("out.jsonl"));

        Assert.Equal((0, $"20 records in {_folder.File("out.jsonl")}\n"), (status, said));
        await AnalyticsSample.SaysAsync("credit 1 succeeded 50", kafka.BootstrapServers, _folder.File("tally.json"), Topic, Version);
    }

    [Fact]
    public async Task The_largest_record_is_taken_by_an_old_broker_at_its_defaults()
    {
        var client = new ClientConfig { BootstrapServers = kafka.BootstrapServers, ApiVersionRequest = false, BrokerVersionFallback = Version };

        Assert.Equal(4, await LargeRequest.CountWholeAsync(
            Datatype.FP32, "-1.1754944e-38", client, "old-large", new KeyValuePair<string, string?>("PredictionLog:Kafka:BrokerVersion", Version)));
    }

    public void Dispose() => _folder.Dispose();
}
