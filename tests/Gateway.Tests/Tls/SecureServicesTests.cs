using System.Net;
using Platform.TestKit;
using Platform.TestKit.Tls;

namespace Platform.Gateway.Tests.Tls;

/// <summary>Services that answer by https, behind a name.</summary>
public sealed class SecureServicesTests : IDisposable
{
    private const string Name = "inference";

    private readonly TestAuthority _authority = new();

    public void Dispose() => _authority.Dispose();

    [Fact]
    public async Task A_replica_is_asked_under_the_name_that_its_certificate_is_for()
    {
        await using var service = await StartServiceAsync(_authority);
        await using var gateway = await StartGatewayAsync(service);

        Assert.Equal(Name, (string?)(await gateway.Http.GetAsync("/v2/models").JsonAsync())["service"]);
        Assert.NotNull((await gateway.Http.GetAsync("/openapi/v1.json").JsonAsync())["paths"]![$"/{Name}"]);
        await InferenceIsReadyAsync(gateway);
    }

    [Fact]
    public async Task A_service_whose_certificate_is_of_another_authority_is_asked_nothing()
    {
        using var foreign = new TestAuthority("Another authority");
        await using var service = await StartServiceAsync(foreign);
        await using var gateway = await StartGatewayAsync(service);

        var answer = await gateway.Http.GetAsync("/v2/models").JsonAsync(HttpStatusCode.BadGateway);
        Assert.NotEmpty((string)answer["error"]!);
        await gateway.Http.PostAsync("/v1/models/credit/jobs", new StringContent("{}", System.Text.Encoding.UTF8, "application/json"))
            .ProblemAsync(HttpStatusCode.BadGateway, "service.unreachable");
    }

    private Task<TestHost> StartServiceAsync(TestAuthority issuer, params KeyValuePair<string, string?>[] settings) => Edge.StartServiceAsync(
        Name, [.. issuer.Issue([Name]).Settings, new("Access:Hosts:0", Name), .. settings]);

    private Task<TestHost> StartGatewayAsync(TestHost service, params KeyValuePair<string, string?>[] settings) => Edge.StartGatewayAsync(
        (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Loopback]),
        [
            Edge.Setting("Inference", new Uri($"https://{Name}:{service.Address.Port}")), Edge.Watchful,
            new("Tls:Authority", _authority.RootFile), .. settings,
        ]);

    private static Task InferenceIsReadyAsync(TestHost gateway) => Eventually.TrueAsync(async () =>
    {
        using var answer = await gateway.Http.GetAsync("/health/ready");
        return (await answer.Content.ReadAsStringAsync()).Contains("not ready: explainer, monitor, registry", StringComparison.Ordinal);
    }, "inference alone is ready");
}
