using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Confluent.Kafka;
using Platform.Inference.Tests;
using Platform.Integration.Tests.Servers;
using Platform.Onnx.Tensors;
using Platform.TestModels;

namespace Platform.Integration.Tests.PredictionLog;

/// <summary>A request of 16 rows of four inputs of 1,024 numbers, sent to an inference process, and the record that arrives of it in Kafka.</summary>
internal static class LargeRequest
{
    private const int Rows = 16;
    private const int Columns = 1024;
    private const int MostPartitions = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    /// <summary>How many of the inputs the record holds whole.</summary>
    public static async Task<int> CountWholeAsync(Datatype datatype, string number, ClientConfig kafka, string topic, params KeyValuePair<string, string?>[] settings)
    {
        await using var registry = await StubRegistry.StartAsync();
        registry.Deploy("wide", "1", Wide(datatype));
        using var inference = new ServiceProcess("Platform.Inference",
        [
            new("Registry:Address", registry.Address.ToString()), new("PredictionLog:Kafka:BootstrapServers", kafka.BootstrapServers),
            new("PredictionLog:Kafka:Topic", topic), .. settings,
        ]);
        await inference.StartAsync();
        using var body = new StringContent(Body(datatype, number), Encoding.UTF8, "application/json");
        using var answer = await inference.Http.PostAsync("/v2/models/wide/infer", body);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        var record = JsonNode.Parse(await Task.Run(() => Consume(kafka, topic)))!;
        var inputs = record["data"]!["inputs"]!.AsArray();
        Assert.Equal(["a", "b", "c", "d"], inputs.Select(input => (string)input!["name"]!));
        Assert.All(inputs, input => Assert.InRange(input!["data"]!.AsArray().Count, 1, Rows * Columns));
        return inputs.Count(input => input!["data"]!.AsArray().Count == Rows * Columns);
    }

    private static OnnxFile Wide(Datatype datatype)
    {
        var file = new OnnxFile();
        foreach (var name in (string[])["a", "b", "c", "d"])
            file = file.Input(name, datatype, "n", Columns).Node("Identity", [name], [$"{name}2"]).Output($"{name}2", datatype, "n", Columns);
        return file;
    }

    private static string Body(Datatype datatype, string number)
    {
        var data = string.Join(',', Enumerable.Repeat(number, Rows * Columns));
        var type = datatype.ToString().ToUpperInvariant();
        var inputs = "abcd".Select(name => $$"""{"name":"{{name}}","shape":[{{$"{Rows},{Columns}"}}],"datatype":"{{type}}","data":[{{data}}]}""");
        return $$"""{"inputs":[{{string.Join(',', inputs)}}],"outputs":[{"name":"a2"}]}""";
    }

    /// <summary>The first record of the topic, which the forwarder may not have made yet.</summary>
    private static string Consume(ClientConfig kafka, string topic)
    {
        using var consumer = new ConsumerBuilder<Ignore, string>(new ConsumerConfig(kafka) { GroupId = topic, EnableAutoCommit = false }).Build();
        consumer.Assign(Enumerable.Range(0, MostPartitions).Select(partition => new TopicPartitionOffset(topic, partition, Offset.Beginning)));
        for (var deadline = DateTime.UtcNow + Patience; DateTime.UtcNow < deadline;)
        {
            try
            {
                if (consumer.Consume(TimeSpan.FromSeconds(1)) is { } result) return result.Message.Value;
            }
            catch (ConsumeException missing) when (missing.Error.Code is ErrorCode.Local_UnknownPartition or ErrorCode.UnknownTopicOrPart)
            {
                // Not yet, or it has fewer partitions.
            }
        }

        throw new TimeoutException("No record arrives.");
    }
}
