using System.Buffers;
using Microsoft.AspNetCore.Connections;
using Platform.Hosting.Defaults;
using Yarp.ReverseProxy.Configuration;

namespace Platform.Bench.References;

/// <summary>YARP alone: one route for everything, one destination, none of the gateway's own work, and its sockets and memory.</summary>
internal static class BareProxy
{
    public static async Task RunAsync(int port, int target)
    {
        ProcessTuning.SpareTheOnlyProcessor();
        ProcessTuning.AllowForABlockedThread();
        var builder = WebApplication.CreateSlimBuilder();
        builder.Services.AddSingleton<IMemoryPoolFactory<byte>, ReceiveBlocks.Factory>();
        builder.Logging.ClearProviders();
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.AddServerHeader = false;
            options.ListenLocalhost(port);
        });
        builder.Services.AddReverseProxy().LoadFromMemory(
            [new RouteConfig { RouteId = "all", ClusterId = "target", Match = new RouteMatch { Path = "/{**rest}" } }],
            [
                new ClusterConfig
                {
                    ClusterId = "target",
                    Destinations = new Dictionary<string, DestinationConfig> { ["only"] = new() { Address = $"http://127.0.0.1:{target}" } },
                },
            ]);
        var app = builder.Build();
        app.MapReverseProxy();
        await app.RunAsync();
    }
}
