using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Options;
using Platform.Hosting.Errors;
using Platform.Hosting.Tls;

namespace Platform.Hosting.Management;

/// <summary>The port for health and metrics alone.</summary>
public static class ManagementDefaults
{
    private const string NotNamed = "http://localhost:5000"; // where a process listens that is told nothing

    private static readonly PathString[] Paths = ["/health", "/metrics"];

    /// <summary>Where a process with this configuration answers /health and /metrics on this machine.</summary>
    /// <param name="configuration">Its configuration.</param>
    /// <param name="address">Its address for everything else, which is the same where there is no management port.</param>
    public static Uri ManagementAddress(this IConfiguration configuration, Uri address) =>
        Read(configuration) is { Port: not null } management ? management.LocalAddress() : address;

    /// <summary>Adds the port to the addresses of the process, where the settings name one.</summary>
    internal static void AddManagementPort(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<ManagementOptions>().BindConfiguration(ManagementOptions.Section).ValidateDataAnnotations()
            .Validate<IOptions<TlsOptions>>((management, tls) => !management.Tls || tls.Value.IsOn, "Management:Tls takes Tls:Certificate and Tls:Key.")
            .ValidateOnStart();
        if (Read(builder.Configuration) is { Port: not null } management)
            builder.WebHost.UseUrls([.. OtherAddresses(builder.Configuration), management.Url()]);
    }

    /// <summary>Health and metrics at the port, everything else at the other addresses, and neither elsewhere.</summary>
    internal static void UseManagementPort(this WebApplication app)
    {
        if (app.Services.GetRequiredService<IOptions<ManagementOptions>>().Value.Port is not { } port) return;
        app.Use((context, next) => IsManagement(context.Request.Path) == (context.Connection.LocalPort == port)
            ? next(context)
            : ErrorSurfaces.WriteAsync(context, ErrorDefaults.NotFound(context.Request.Path)));
    }

    private static ManagementOptions? Read(IConfiguration configuration) => configuration.GetSection(ManagementOptions.Section).Get<ManagementOptions>();

    private static bool IsManagement(PathString path) => Paths.Any(managed => path.StartsWithSegments(managed));

    // What the server itself would read, had it not been told anything.
    private static IEnumerable<string> OtherAddresses(IConfiguration configuration)
    {
        if (Parts(configuration[WebHostDefaults.ServerUrlsKey]) is { Length: > 0 } urls) return urls;
        string[] ports =
        [
            .. Parts(configuration[WebHostDefaults.HttpPortsKey]).Select(port => $"http://*:{port}"),
            .. Parts(configuration[WebHostDefaults.HttpsPortsKey]).Select(port => $"https://*:{port}"),
        ];
        return ports.Length > 0 ? ports : [NotNamed];
    }

    private static string[] Parts(string? list) => (list ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
