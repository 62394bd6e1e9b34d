using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Explainer;
using Platform.Gateway;
using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Inference;
using Platform.Monitor;
using Platform.Registry;

namespace Platform.Compose.Tests.Running;

/// <summary>Every service, wired as its Program.cs wires it, to see which settings it reads.</summary>
internal static class Wiring
{
    private static readonly Dictionary<string, Action<WebApplicationBuilder>> Services = new()
    {
        [GatewayService.Name] = builder => builder.AddGateway().AddPlatformMessaging(GatewayService.Messaging),
        [RegistryService.Name] = builder => builder.AddRegistry().AddPlatformMessaging(RegistryService.Messaging),
        [InferenceService.Name] = builder => builder.AddInference().AddPlatformMessaging(InferenceService.Messaging),
        [MonitorService.Name] = builder => builder.AddMonitor().AddPlatformMessaging(MonitorService.Messaging),
        [ExplainerService.Name] = builder => builder.AddExplainer().AddPlatformMessaging(ExplainerService.Messaging),
        ["standalone"] = builder => builder.AddRegistry().AddInference().AddMonitor().AddExplainer().AddPlatformMessaging(
            RegistryService.Messaging, InferenceService.Messaging, MonitorService.Messaging, ExplainerService.Messaging),
    };

    /// <summary>The variables that the service would never read. A value that it refuses throws.</summary>
    public static IReadOnlyList<string> UnreadBy(string service, IReadOnlyDictionary<string, string> environment)
    {
        var settings = new WatchedSettings(environment);
        var builder = WebApplication.CreateBuilder();
        ((IConfigurationBuilder)builder.Configuration).Add(settings);
        if (service == "standalone") builder.AskNobody(); // as on loopback; its own start makes keys otherwise
        builder.AddPlatformDefaults(service);
        Services[service](builder);
        using var app = builder.Build();
        app.Services.GetRequiredService<IStartupValidator>().Validate();
        return settings.Unread;
    }
}
