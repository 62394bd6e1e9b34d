using Confluent.Kafka;
using Platform.Integration.Tests.Servers;
using Platform.Onnx.Tensors;

namespace Platform.Integration.Tests.PredictionLog;

/// <summary>Predictions that are answered and whose records are as large as they get: each arrives.</summary>
[Collection(MockKafkaCollection.Name)]
public sealed class LargeRecordTests(MockKafkaServer kafka)
{
    [Theory]
    [InlineData(Datatype.FP32, "-1.1754944e-38", 1_000_000, 4)]
    [InlineData(Datatype.FP64, "-0.12345678901234567", 1_000_000, 2)]
    [InlineData(Datatype.Int64, "-9223372036854775808", 1_000_000, 2)]
    [InlineData(Datatype.FP64, "-0.12345678901234567", 4_000_000, 4)]
    public async Task The_record_of_sixteen_rows_of_four_inputs_of_a_thousand_long_numbers_arrives(
        Datatype datatype, string number, int maxMessageBytes, int whole)
    {
        var topic = $"large-{Guid.NewGuid():n}";
        await kafka.CreateTopicAsync(topic, 1);

        Assert.Equal(whole, await LargeRequest.CountWholeAsync(datatype, number, new ClientConfig { BootstrapServers = kafka.BootstrapServers }, topic,
            new("PredictionLog:Kafka:CreateTopic", "false"), new("PredictionLog:Kafka:MaxMessageBytes", $"{maxMessageBytes}")));
    }
}
