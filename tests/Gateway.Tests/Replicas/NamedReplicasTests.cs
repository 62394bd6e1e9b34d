using System.Net;
using System.Net.Sockets;
using Platform.Gateway.Replicas;
using Platform.TestKit;
using Yarp.ReverseProxy.Configuration;

namespace Platform.Gateway.Tests.Replicas;

public sealed class NamedReplicasTests
{
    private IPAddress[] _machines = [IPAddress.Parse("10.0.0.1"), IPAddress.Parse("10.0.0.2")];

    [Fact]
    public async Task Each_address_behind_a_name_is_a_replica_that_is_called_by_the_name()
    {
        var replicas = await ResolveAsync("http://inference:8080/");
        Assert.Equal(["http://10.0.0.1:8080/", "http://10.0.0.2:8080/"], replicas.Destinations.Values.Select(replica => replica.Address).Order());
        Assert.All(replicas.Destinations.Values, replica => Assert.Equal("inference:8080", replica.Host));
    }

    [Fact]
    public async Task A_name_that_nobody_knows_stays_and_is_looked_up_again()
    {
        _machines = [];
        var replicas = await ResolveAsync("http://inference:8080/");
        Assert.Equal("http://inference:8080/", Assert.Single(replicas.Destinations.Values).Address);
        Assert.NotNull(replicas.ChangeToken);
    }

    [Theory]
    [InlineData("http://127.0.0.1:8081/")]
    [InlineData("http://localhost:8081/")]
    [InlineData("http://[fd00::1]:8081/")]
    public async Task An_address_is_taken_as_it_is_for_good(string address)
    {
        var replicas = await ResolveAsync(address);
        Assert.Equal(address, Assert.Single(replicas.Destinations.Values).Address);
        Assert.Null(replicas.ChangeToken);
    }

    [Fact]
    public async Task A_replica_that_joins_under_the_name_gets_its_share()
    {
        await using var one = await Replica.StartAsync();
        _machines = [IPAddress.Loopback];
        await using var gateway = await Edge.StartGatewayAsync(LookUpAsync, Edge.Setting("Inference", new Uri($"http://inference:{one.Address.Port}")));
        await gateway.Http.GetAsync("/v2/models").JsonAsync();
        Assert.Equal(1, one.Requests);

        _machines = [IPAddress.Loopback, IPAddress.Parse("127.0.0.2")];
        await Eventually.TrueAsync(
            async () => (await gateway.Http.GetStringAsync("/console/status")).Contains($"http://127.0.0.2:{one.Address.Port}/", StringComparison.Ordinal),
            "the second address is known");
    }

    private async Task<Yarp.ReverseProxy.ServiceDiscovery.ResolvedDestinationCollection> ResolveAsync(string address) =>
        await new NamedReplicas(LookUpAsync).ResolveDestinationsAsync(
            new Dictionary<string, DestinationConfig> { [address] = new() { Address = address } }, CancellationToken.None);

    private Task<IPAddress[]> LookUpAsync(string name, CancellationToken cancellationToken) =>
        _machines.Length == 0 ? throw new SocketException((int)SocketError.HostNotFound) : Task.FromResult(_machines);
}
