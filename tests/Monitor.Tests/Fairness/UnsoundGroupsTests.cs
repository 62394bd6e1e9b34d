using System.Text.Json.Nodes;
using Platform.Contracts.Registry;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Fairness;

/// <summary>Versions with groups that the registry refuses by now but may have stored before.</summary>
public sealed class UnsoundGroupsTests : IAsyncLifetime
{
    private readonly Random _random = new(3);
    private StubRegistry _registry = null!;
    private MonitorHost _monitor = null!;

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        _monitor = await MonitorHost.StartAsync(_registry);
    }

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
    }

    [Fact]
    public async Task A_null_among_the_values_belongs_to_no_group()
    {
        Deploy("2", new() { Feature = "owner", Privileged = new() { Values = ["1", null!] }, Unprivileged = new() { Values = ["0"] }, FavourableClass = "good" });
        Deploy("3", new()
        {
            FavourableClass = "good",
            Attributes = [new() { Feature = "owner", Groups = [new() { Name = "x", Values = [null!] }, new() { Name = "owners", Values = ["1"] }] }],
        });

        var (pair, listed) = (await WindowAsync("2"), await WindowAsync("3"));

        Assert.Equal(100, (int)pair["fairness"]!["support"]!["privileged"]! + (int)pair["fairness"]!["support"]!["unprivileged"]!);
        Assert.Equal([0, 1], listed["fairness"]!["attributes"]![0]!["groups"]!.AsArray().Select(group => Math.Min((int)group!["support"]!, 1)));
    }

    [Fact]
    public async Task Groups_that_cannot_be_made_do_not_keep_the_traffic_from_being_read()
    {
        Deploy("2", new() { Attributes = [null!] });
        Deploy("3", Credit.ByAge);

        var (unsound, sound) = (await WindowAsync("2"), await WindowAsync("3"));

        Assert.Null(unsound["fairness"]);
        Assert.NotNull(unsound["drift"]);
        Assert.NotNull(sound["fairness"]);
    }

    private void Deploy(string version, FairnessDefinition fairness)
    {
        var (rows, predictions) = Credit.Reference(100);
        _registry.Deploy(Credit.Version(version, metadata => metadata with { Fairness = fairness }), rows, predictions);
    }

    private async Task<JsonNode> WindowAsync(string version)
    {
        for (var at = 0; at < 100; at++)
            _monitor.Log(Credit.Prediction($"{version}-{at}", Credit.Applicant(_random), version: version));
        return (await _monitor.WindowsAsync("credit", 1, $"?version={version}"))["windows"]![0]!;
    }
}
