using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Contracts.Inference;
using Platform.Explainer.Tests;
using Platform.Hosting;
using Platform.Inference.Requests;
using Platform.Integration.Tests.Documents;
using Platform.Integration.Tests.Messaging;
using Platform.Integration.Tests.PredictionLog;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Integration.Tests.Replicas;

/// <summary>Two explainers, each with an index of the whole prediction log, and one queue of work for both.</summary>
[Collection(ServersCollection.Name)]
public sealed class ExplainerReplicasTests(PostgresServer postgres, RabbitMqServer rabbit, MockKafkaServer kafka) : IClassFixture<MockKafkaServer>
{
    private const int Predictions = 20;
    private static readonly TimeSpan Patience = Eventually.Patience;

    private readonly TestDatabase _database = new(postgres);

    [Fact]
    public async Task Explainers_find_each_prediction_and_finish_each_explanation_once_though_one_is_killed()
    {
        await using var registry = await StubRegistry.StartAsync();
        registry.Add("linear", TinyModels.Linear().ToArray(), null, ["""{"inputs":{"x":[0,0,0]}}"""]);
        using var one = new ServiceProcess("Platform.Explainer", Settings(registry));
        using var two = new ServiceProcess("Platform.Explainer", Settings(registry));
        await Task.WhenAll(one.StartAsync(), two.StartAsync());
        await rabbit.QueueIsSavedAsync("explainer-compute-explanation");
        using var folder = new TemporaryFolder();
        await using var writer = await WritingProcess.StartAsync(folder.Path, LogSettings());
        for (var n = 0; n < Predictions; n++) writer.Append(Prediction($"p-{n}"));

        foreach (var explainer in new[] { one, two })
            foreach (var n in new[] { 0, Predictions - 1 }) await ExplainedAsync(explainer, $"p-{n}");
        var accepted = new List<Uri>();
        for (var n = 0; n < Predictions; n++) accepted.Add(await AcceptedAsync(one, $"p-{n}"));
        one.Kill();
        foreach (var explanation in accepted) await FinishedAsync(two, explanation);
        await one.StartAsync();
        await ExplainedAsync(one, "p-0");

        var ends = await EndsAsync();
        Assert.All(accepted, explanation => Assert.Equal(["explainer.explanation-computed.v1"], ends[explanation.ToString().Split('/')[^1]]));
    }

    /// <summary>The prediction is known here sooner or later, and is explained.</summary>
    private static Task ExplainedAsync(ServiceProcess explainer, string predictionId) => Eventually.TrueAsync(async () =>
    {
        using var answer = await PostAsync(explainer, $$"""{"predictionId":"{{predictionId}}"}""");
        return answer.StatusCode == HttpStatusCode.OK;
    }, $"{predictionId} is explained", Patience);

    private static async Task<Uri> AcceptedAsync(ServiceProcess explainer, string predictionId)
    {
        using var answer = await PostAsync(explainer, $$"""{"mode":"async","predictionId":"{{predictionId}}"}""");
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return answer.Headers.Location!;
    }

    private static Task FinishedAsync(ServiceProcess explainer, Uri explanation) => Eventually.TrueAsync(async () =>
    {
        using var answer = await explainer.Http.GetAsync(explanation);
        if (answer.StatusCode == HttpStatusCode.Accepted) return false;
        var attributions = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["rows"]![0]!["attributions"]!;
        Assert.Equal("[[1],[20],[300]]", attributions.ToJsonString());
        return true;
    }, $"{explanation} is finished", Patience);

    private static Task<HttpResponseMessage> PostAsync(ServiceProcess explainer, string body) =>
        explainer.Http.PostAsync("/v1/models/linear/explanations", new StringContent(body, Encoding.UTF8, "application/json"));

    /// <summary>By explanation, the events that tell of its end.</summary>
    private async Task<ILookup<string, string>> EndsAsync()
    {
        await using var store = _database.Open(service: "explainer");
        var events = await store.ReadEventsAsync(0, 1000, CancellationToken.None);
        return events.ToLookup(ended => ended.Data.GetProperty("explanationId").GetString()!, ended => ended.Type);
    }

    private static PredictionLogged Prediction(string id) => new()
    {
        Id = id,
        Subject = "linear",
        Data = new()
        {
            Version = "1", Rows = 1, Status = PredictionStatus.Succeeded,
            Inputs = [new() { Name = "x", Datatype = "FP32", Shape = [1, 3], Data = JsonSerializer.SerializeToElement(new[] { 1, 2, 3 }, PlatformJson.Tolerant) }],
        },
    };

    private IEnumerable<KeyValuePair<string, string?>> Settings(StubRegistry registry) =>
    [
        .. _database.Settings, .. RabbitMqHosts.Settings(rabbit), .. LogSettings(), new("Registry:Address", registry.Address.ToString()),
    ];

    private KeyValuePair<string, string?>[] LogSettings() =>
    [
        new("PredictionLog:Kafka:BootstrapServers", kafka.BootstrapServers), new("PredictionLog:Kafka:Topic", "explained"),
        new("PredictionLog:Kafka:CreateTopic", "false"),
    ];
}
