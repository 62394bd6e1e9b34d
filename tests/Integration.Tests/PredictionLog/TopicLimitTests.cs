using System.Text.Json.Nodes;
using Confluent.Kafka;
using Platform.Inference.Tests;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;

namespace Platform.Integration.Tests.PredictionLog;

/// <summary>What inference says of a topic whose <c>max.message.bytes</c> is below what a record may have.</summary>
public sealed class TopicLimitTests : IAsyncLifetime
{
    private readonly DescribingBroker _broker = new();
    private StubRegistry _registry = null!;

    public async Task InitializeAsync() => _registry = await StubRegistry.StartAsync();

    public async Task DisposeAsync()
    {
        await _registry.DisposeAsync();
        await _broker.DisposeAsync();
    }

    [Fact]
    public async Task A_topic_that_takes_too_little_is_told_of_until_its_limit_is_raised()
    {
        _broker.Limit = 65_536;
        using var inference = await StartAsync();

        await Eventually.TrueAsync(async () => await DegradedAsync(inference) is
            """{"prediction log forwarding":"the topic low takes messages of 65536 bytes, records may have 1000000"}""", "the topic's limit is told of");
        _broker.Limit = 1_000_000;
        await Eventually.TrueAsync(async () => await DegradedAsync(inference) is "{}", "the raised limit is enough");
    }

    [Fact]
    public async Task A_broker_that_does_not_let_us_ask_is_asked_again_and_its_topic_taken_for_good()
    {
        _broker.Refusal = ErrorCode.TopicAuthorizationFailed;
        using var inference = await StartAsync();

        await Eventually.TrueAsync(() => _broker.Asked > 2, "it is asked again");
        Assert.Equal("{}", await DegradedAsync(inference));

        _broker.Refusal = ErrorCode.NoError; // the limit is 0
        await Eventually.TrueAsync(async () => await DegradedAsync(inference) is not "{}", "the topic's limit is told of");
    }

    private async Task<ServiceProcess> StartAsync()
    {
        var inference = new ServiceProcess("Platform.Inference",
        [
            new("Registry:Address", _registry.Address.ToString()), new("PredictionLog:Kafka:BootstrapServers", _broker.BootstrapServers),
            new("PredictionLog:Kafka:Topic", "low"), new("PredictionLog:Kafka:CreateTopic", "false"), new("PredictionLog:Kafka:TopicInterval", "00:00:01"),
        ]);
        await inference.StartAsync();
        return inference;
    }

    private static async Task<string> DegradedAsync(ServiceProcess inference) =>
        JsonNode.Parse(await inference.Http.GetStringAsync("/health/ready"))!["degraded"]!.ToJsonString();
}
