using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Platform.Hosting.Management;
using Platform.Hosting.Tls;

namespace Platform.Hosting.Defaults;

internal static class HttpDefaults
{
    public static void AddPlatformHttp(this WebApplicationBuilder builder)
    {
        builder.Services.ConfigureHttpJsonOptions(options =>
            PlatformJson.Configure(options.SerializerOptions, JsonUnmappedMemberHandling.Disallow));
        builder.Services.Configure<RouteHandlerOptions>(options => options.ThrowOnBadRequest = true);
        builder.Services.Configure<HostOptions>(options => options.ShutdownTimeout = TimeSpan.FromSeconds(8));
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, ReceiveBlocks.Factory>();
        builder.Services.AddPlatformTls();
        builder.Services.AddDegradationCheck("certificates", provider => provider.GetRequiredService<ReloadedFiles>().Degradation);
        builder.AddManagementPort();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.ConfigureListening();
        });
    }
}
