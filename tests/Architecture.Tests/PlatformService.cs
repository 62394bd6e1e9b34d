using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Platform.Explainer;
using Platform.Gateway;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Inference;
using Platform.Monitor;
using Platform.Registry;

namespace Platform.Architecture.Tests;

/// <summary>A service as its host sees it.</summary>
internal sealed record PlatformService(
    string Name, Assembly Assembly, ServiceMessaging Messaging, Action<WebApplicationBuilder> Add, Action<WebApplication> Map)
{
    public static IReadOnlyList<PlatformService> All { get; } =
    [
        new(RegistryService.Name, typeof(RegistryEntry).Assembly, RegistryService.Messaging, b => b.AddRegistry(), a => a.MapRegistry()),
        new(GatewayService.Name, typeof(GatewayEntry).Assembly, GatewayService.Messaging, b => b.AddGateway(), a => a.MapGateway()),
        new(InferenceService.Name, typeof(InferenceEntry).Assembly, InferenceService.Messaging, b => b.AddInference(), a => a.MapInference()),
        new(MonitorService.Name, typeof(MonitorEntry).Assembly, MonitorService.Messaging, b => b.AddMonitor(), a => a.MapMonitor()),
        new(ExplainerService.Name, typeof(ExplainerEntry).Assembly, ExplainerService.Messaging, b => b.AddExplainer(), a => a.MapExplainer()),
    ];

    public static TheoryData<string> Names => [.. All.Select(service => service.Name)];

    /// <summary>What the service registers, not started.</summary>
    public IServiceProvider Provider => _provider ??= BuildProvider();

    private IServiceProvider? _provider;

    public static PlatformService Find(string name) => All.Single(service => service.Name == name);

    private ServiceProvider BuildProvider()
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddPlatformDefaults(Name);
        Add(builder);
        builder.AddPlatformMessaging(Messaging);
        return builder.Services.BuildServiceProvider();
    }
}
