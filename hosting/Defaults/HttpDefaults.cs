using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;

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
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            // A second call would replace the first.
            options.ConfigureEndpointDefaults(listen =>
            {
                listen.TakeHttp2WithoutTls(options.Limits.RequestHeadersTimeout);
                listen.AnswerHalfClosedConnections();
            });
        });
    }
}
