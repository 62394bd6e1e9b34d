using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Platform.Hosting.Management;
using Platform.Hosting.Tls;

namespace Platform.Hosting.Defaults;

internal static class HttpDefaults
{
    // Kestrel takes a bare line feed for the end of a line where it is not told otherwise (seen with .NET 10.0.12); what stands before it may
    // not, and the two then differ about where a header, or the whole head, ends (RFC 9112 §2.2 leaves it to the recipient).
    private const string WithoutBareLineFeeds = "Microsoft.AspNetCore.Server.Kestrel.DisableHttp1LineFeedTerminators";

    public static void AddPlatformHttp(this WebApplicationBuilder builder)
    {
        AppContext.SetSwitch(WithoutBareLineFeeds, true);
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
