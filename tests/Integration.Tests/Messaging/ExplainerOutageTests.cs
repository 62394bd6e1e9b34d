using System.Net;
using System.Text;
using Platform.Explainer.Tests;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Integration.Tests.Messaging;

[Collection(MessagingServers.Name)]
public sealed class ExplainerOutageTests(RabbitMqServer rabbit)
{
    private const string Body =
        """{"mode":"async","inputs":[{"name":"x","datatype":"FP32","shape":[1,3],"data":[1,2,3]}],"background":[[0,0,0]]}""";

    [Fact]
    public async Task An_explanation_asked_for_while_the_broker_is_away_is_accepted_and_finished_once_it_is_back()
    {
        await using var registry = await StubRegistry.StartAsync();
        registry.Add("linear", TinyModels.Linear().ToArray());
        using var explainer = new ServiceProcess("Platform.Explainer",
            [new("Registry:Address", registry.Address.ToString()), .. RabbitMqHosts.Settings(rabbit)]);
        await explainer.StartAsync();
        await rabbit.QueueIsSavedAsync("explainer-compute-explanation");

        await rabbit.StopAsync();
        using var content = new StringContent(Body, Encoding.UTF8, "application/json");
        using var accepted = await explainer.Http.PostAsync("/v1/models/linear/explanations", content);
        await rabbit.RestartAsync();

        Assert.Equal(HttpStatusCode.Accepted, accepted.StatusCode);
        await Eventually.TrueAsync(async () => (await explainer.Http.GetAsync(accepted.Headers.Location)).StatusCode == HttpStatusCode.OK,
            "it is finished");
    }
}
