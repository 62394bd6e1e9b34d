using System.Net.Sockets;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Configuration.Memory;
using Platform.Hosting.Access;
using Platform.Hosting.Launching;
using Platform.Hosting.Management;
using Platform.Hosting.WebConsole;
using Platform.Hosting.Tls;
using Platform.SampleDriver.Client;
using Platform.SampleDriver.Seeding;
using Platform.SampleDriver.Traffic;
using Platform.Standalone.Commands;
using Platform.Standalone.Logs;
using Platform.Standalone.Startup;

namespace Platform.Standalone;

/// <summary>What one process for everything adds to the services: its address, its console, the samples and the page at <c>/</c>.</summary>
internal static class StandaloneHost
{
    /// <summary>The process's name in logs, traces and metrics.</summary>
    public const string Name = "standalone";

    /// <summary>
    /// Asks callers for keys, or nobody where only the user of this machine can call. The services know each other by a secret that no other
    /// process needs.
    /// </summary>
    public static WebApplicationBuilder AskCallers(this WebApplicationBuilder builder, RunCommand command)
    {
        if (!command.Auth) return builder.AskNobody();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Access:ServiceSecret"] = RandomNumberGenerator.GetHexString(64),
            ["Access:BootstrapKeyFile"] = command.BootstrapKey,
        });
        return builder;
    }

    public static WebApplicationBuilder AddStandalone(this WebApplicationBuilder builder, RunCommand command)
    {
        command = command with { Scheme = builder.Configuration.PlatformScheme() };
        command = command with { Management = builder.Configuration.ManagementAddress(command.Address) };
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Registry:Address"] = command.Address.ToString(),
            ["Storage:Directory"] = command.Data.Path,
        });
        if (!command.Empty) builder.ShortenWindows();
        builder.AddFileLogs(command.Data.Path);
        builder.Services.AddSingleton(command);
        builder.Services.AddPlatformClient(
            command.Address, command.Auth ? new SampleKeyFiles(command.BootstrapKey, Path.Combine(command.Data.Path, "samples.key")) : null);
        builder.Services.AddSeeding();
        builder.Services.AddTraffic();
        builder.Services.AddWebConsole();
        builder.Services.AddTransient<Announcement>();
        builder.Services.AddHostedService<Opening>();
        return builder;
    }

    /// <summary>The samples' traffic is slow and somebody may be watching: half a minute would be long. A lowest-priority default.</summary>
    private static void ShortenWindows(this WebApplicationBuilder builder) =>
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource
        {
            InitialData = [new("Monitor:Windows:MaxAge", "00:00:15")],
        });

    public static WebApplication MapStandalone(this WebApplication app)
    {
        app.MapWebConsole();
        return app;
    }

    /// <summary>Runs until it is told to stop; 1 when the port was taken in the last moment.</summary>
    public static async Task<int> RunStandaloneAsync(this WebApplication app)
    {
        try
        {
            await app.RunAsync();
            return 0;
        }
        catch (IOException exception) when (exception.InnerException is AddressInUseException)
        {
            var port = app.Services.GetRequiredService<RunCommand>().Port;
            return RunCommand.Refuse(LoopbackPort.Describe(port, SocketError.AddressAlreadyInUse));
        }
    }
}
