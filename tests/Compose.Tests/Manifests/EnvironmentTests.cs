using System.Net;
using System.Net.NetworkInformation;
using Microsoft.Extensions.Options;
using Platform.Compose.Tests.Running;
using Platform.TestKit;

namespace Platform.Compose.Tests.Manifests;

/// <summary>A manifest gives a service the variables that it reads, and with exactly these it starts.</summary>
public sealed class EnvironmentTests
{
    // Read by .NET and by the OpenTelemetry SDK themselves, not through the configuration.
    private static readonly string[] OfTheRuntime = [Loopback.PortVariable, "OTEL_TRACES_SAMPLER", "OTEL_TRACES_SAMPLER_ARG"];

    public static TheoryData<string, string> Deployed => DeployedService.Data;

    public static TheoryData<string, string> Distinct => DeployedService.Distinct;

    [Theory]
    [MemberData(nameof(Deployed))]
    public void Every_variable_is_read(string manifest, string service)
    {
        var deployed = DeployedService.Find(manifest, service);
        using var loopback = Loopback.WithNobodyAt(deployed.Hosts);
        var unread = Wiring.UnreadBy(service, loopback.Translate(deployed.Given, Ports.Free()));
        Assert.Empty(unread.Except(OfTheRuntime, StringComparer.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_variable_that_nobody_reads_is_found_out()
    {
        using var loopback = Loopback.WithNobodyAt([]);
        var environment = loopback.Translate(new Dictionary<string, string> { ["Access__ServiceSecret"] = new('s', 32), ["Gateway__Registri"] = "http://127.0.0.1:1" }, port: 1);
        Assert.Equal(["Gateway__Registri"], Wiring.UnreadBy("gateway", environment).Except(OfTheRuntime));
    }

    [Fact]
    public void A_secret_that_nobody_has_chosen_is_refused() => Assert.Contains("32 characters", Assert.Throws<OptionsValidationException>(
        () => Wiring.UnreadBy("registry", new Dictionary<string, string> { ["Access__ServiceSecret"] = "choose-one" })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_value_that_a_service_refuses_is_found_out()
    {
        var environment = new Dictionary<string, string> { ["Access__ServiceSecret"] = new('s', 32), ["Gateway__ProbeInterval"] = "01:00:00" };
        Assert.Throws<OptionsValidationException>(() => Wiring.UnreadBy("gateway", environment));
    }

    [Theory]
    [MemberData(nameof(Distinct))]
    public async Task A_service_starts_with_exactly_its_environment_and_stops_when_asked(string manifest, string service)
    {
        var deployed = DeployedService.Find(manifest, service);
        using var loopback = Loopback.WithNobodyAt(deployed.Hosts);
        var port = Ports.Free();
        await using var running = await RunningService.StartAsync(
            service, loopback.Translate(deployed.Environment, port), port, loopback.Translate(deployed.Arguments, port));
        Assert.Equal(HttpStatusCode.OK, await running.StatusOfAsync("/metrics"));
        var status = await running.StopAsync(Eventually.Patience);
        Assert.True(status == 0, $"It ended with {status}:\n{running.Output}");
    }

    [Fact]
    public async Task Standalone_in_its_container_is_reached_from_outside()
    {
        var deployed = DeployedService.Find("standalone.yaml", "standalone");
        using var loopback = Loopback.WithNobodyAt([]);
        var port = Ports.Free();
        await using var running = await RunningService.StartAsync(
            "standalone", loopback.Translate(deployed.Environment, port), port, [.. loopback.Translate(deployed.Arguments, port), "--empty"]);
        var listeners = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Where(listener => listener.Port == port);
        Assert.Equal(IPAddress.Any, Assert.Single(listeners).Address);
    }

    [Fact]
    public async Task The_probe_of_the_image_tells_a_service_that_answers_from_one_that_does_not()
    {
        using var loopback = Loopback.WithNobodyAt([]);
        var port = Ports.Free();
        await using var running = await RunningService.StartAsync("registry", loopback.Translate(new Dictionary<string, string> { ["Storage__Directory"] = "/data", ["Access__ServiceSecret"] = new('s', 32) }, port), port);
        Assert.Equal(0, await ProbeAsync($"{running.Address}health/ready"));
        Assert.Equal(1, await ProbeAsync($"{running.Address}health/unknown"));
        Assert.Equal(1, await ProbeAsync($"http://127.0.0.1:{Ports.Free()}/health/ready"));
        Assert.Equal(2, await ProbeAsync("not an address"));
    }

    private static async Task<int> ProbeAsync(string url) => (await ChildProcess.RunAsync(Programs.Probe, url)).ExitCode;
}
