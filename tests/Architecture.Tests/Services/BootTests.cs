using System.Net;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Platform.Explainer;
using Platform.Gateway;
using Platform.Inference;
using Platform.Monitor;
using Platform.Registry;
using Platform.TestKit;

namespace Platform.Architecture.Tests.Services;

/// <summary>Each service runs from its own Program, with no other service in reach.</summary>
public sealed class BootTests
{
    [Fact]
    public Task Registry_boots_alone_and_is_ready() => BootAsync<RegistryEntry>(HttpStatusCode.OK);

    [Fact]
    public Task Gateway_boots_alone_and_waits_for_the_services() => BootAsync<GatewayEntry>(HttpStatusCode.ServiceUnavailable);

    [Fact]
    public Task Inference_boots_alone_and_waits_for_the_registry() => BootAsync<InferenceEntry>(HttpStatusCode.ServiceUnavailable);

    [Fact]
    public Task Monitor_boots_alone_and_waits_for_the_registry() => BootAsync<MonitorEntry>(HttpStatusCode.ServiceUnavailable);

    [Fact]
    public Task Explainer_boots_alone_and_waits_for_the_registry() => BootAsync<ExplainerEntry>(HttpStatusCode.ServiceUnavailable);

    private static async Task BootAsync<TEntry>(HttpStatusCode ready) where TEntry : class
    {
        using var data = new TemporaryFolder();
        await using var program = new WebApplicationFactory<TEntry>();
        var nobody = $"http://127.0.0.1:{Ports.Free()}";
        await using var service = program.WithWebHostBuilder(host => host
            .UseContentRoot(data.Path)
            .UseSetting("Storage:Directory", data.Path)
            .UseSetting("Access:ServiceSecret", new string('s', 32))
            .UseSetting("Registry:Address", nobody)
            .UseSetting("Gateway:Registry", nobody)); // whatever else may run on this machine
        using var http = service.CreateClient();

        using var live = await http.GetAsync("/health/live");
        Assert.Equal(HttpStatusCode.OK, live.StatusCode);
        await Eventually.TrueAsync(async () => await StatusAsync(http, "/health/ready") == ready, $"readiness answers {(int)ready}");
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, "/metrics"));
        Assert.Equal(HttpStatusCode.OK, await StatusAsync(http, "/openapi/v1.json"));

        var parts = service.Services.GetServices<IHostedService>().Where(IsOurs).ToArray();
        Assert.NotEmpty(parts);
        await service.DisposeAsync();
        foreach (var part in parts) await part.StopAsync(CancellationToken.None); // as where a host is stopped from two sides
    }

    private static bool IsOurs(IHostedService part) => part.GetType().Namespace!.StartsWith("Platform.", StringComparison.Ordinal);

    private static async Task<HttpStatusCode> StatusAsync(HttpClient http, string path)
    {
        using var response = await http.GetAsync(path);
        return response.StatusCode;
    }
}
