using System.Net;
using System.Text;
using Platform.Inference.Tests;
using Platform.Inference.Tests.Jobs;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Integration.Tests.Messaging;

/// <summary>Inference hears of promotions by a broker, and looks at the registry for no other reason.</summary>
[Collection(MessagingServers.Name)]
public sealed class DisorderedEventsTests(RabbitMqServer server)
{
    private const string Exchange = "registry.model-promoted.v1";
    private static readonly TimeSpan Patience = Eventually.Patience;

    [Fact]
    public async Task Doubled_reordered_and_untrue_events_end_in_what_the_registry_says()
    {
        await using var registry = await StubRegistry.StartAsync();
        registry.Deploy("linear", "1", TinyModels.Linear());
        using var inference = new ServiceProcess("Platform.Inference",
        [
            new("Registry:Address", registry.Address.ToString()), new("Registry:ReconcileInterval", "01:00:00"), .. RabbitMqHosts.Settings(server),
        ]);
        await inference.StartAsync();
        await using var client = await PlainClient.ConnectAsync(server);

        registry.Deploy("linear", "3", TinyModels.Linear(3));
        foreach (var version in (string[])["3", "2", "2", "1", "3", "9"]) await PromotedAsync(client, "linear", version);
        await AnswersAsync(inference, "3");
        registry.Deploy("linear", "4", TinyModels.Linear(4));
        foreach (var model in (string[])["unknown", "linear"]) await PromotedAsync(client, model, "1");
        await AnswersAsync(inference, "4");
        Assert.Equal("4", await VersionAsync(inference));
    }

    private static Task PromotedAsync(PlainClient client, string model, string version) =>
        client.PublishAsync(Exchange, $$"""{"model":"{{model}}","alias":"champion","version":"{{version}}"}""");

    private static Task AnswersAsync(ServiceProcess inference, string version) =>
        Eventually.TrueAsync(async () => await VersionAsync(inference) == version, $"version {version} answers", Patience);

    private static async Task<string> VersionAsync(ServiceProcess inference)
    {
        using var body = new StringContent(JobClient.Row, Encoding.UTF8, "application/json");
        var answer = await inference.Http.PostAsync("/v2/models/linear/infer", body).JsonAsync(HttpStatusCode.OK);
        return (string)answer["model_version"]!;
    }
}
