using System.Net;
using Platform.TestKit;

namespace Platform.Gateway.Tests.Retries;

public sealed class DeafReplicaTests : IAsyncLifetime
{
    private static readonly KeyValuePair<string, string?> Impatient = new("Gateway:ConnectTimeout", "00:00:01");

    private Replica _replica = null!;
    private DeafReplica _deaf = null!;

    public async Task InitializeAsync() => (_replica, _deaf) = (await Replica.StartAsync(), await DeafReplica.StartAsync());

    public async Task DisposeAsync()
    {
        await _replica.DisposeAsync();
        await _deaf.DisposeAsync();
    }

    [Theory]
    [InlineData("GET", "/v2/models")]
    [InlineData("POST", "/v2/models/m/infer")]
    public async Task A_replica_that_accepts_no_connection_in_time_costs_no_request(string method, string path)
    {
        await using var gateway = await Edge.StartGatewayAsync(Edge.Setting("Inference", _replica.Address, _deaf.Address), Impatient);

        // So many at once that some are sent to it before it is passed over.
        var statuses = await Task.WhenAll(Enumerable.Range(0, 24).Select(_ => AskAsync(gateway, method, path)));

        Assert.All(statuses, status => Assert.Equal(HttpStatusCode.OK, status));
        Assert.Equal(24, _replica.Requests);
        Assert.Matches("""platform_gateway_retries_total\{service="inference"\} [1-9]""", await gateway.Http.GetStringAsync("/metrics"));
    }

    [Fact]
    public async Task Where_it_is_the_only_one_its_caller_is_told_so_in_time()
    {
        await using var gateway = await Edge.StartGatewayAsync(Edge.Setting("Inference", _deaf.Address), Impatient);

        var answer = await gateway.Http.GetAsync("/v2/models").JsonAsync(HttpStatusCode.GatewayTimeout);

        Assert.NotEmpty((string?)answer["error"] ?? "");
    }

    [Fact]
    public async Task What_the_gateway_itself_asks_is_asked_of_another_replica_too()
    {
        await using var service = await Edge.StartServiceAsync("registry");
        await using var gateway = await Edge.StartGatewayAsync(Edge.Setting("Registry", _deaf.Address, service.Address), Impatient);

        var document = await gateway.Http.GetStringAsync("/openapi/v1.json");

        Assert.Contains("\"/registry\"", document);
    }

    private static async Task<HttpStatusCode> AskAsync(TestHost gateway, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST") request.Content = new StringContent("{}");
        using var response = await gateway.Http.SendAsync(request);
        return response.StatusCode;
    }
}
