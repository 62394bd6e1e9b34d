using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Hosting.Access;
using Platform.TestKit.Tls;

namespace Platform.TestKit;

/// <summary>A web application on a real Kestrel, on a free port, with a data folder of its own.</summary>
public sealed class TestHost : IAsyncDisposable
{
    /// <summary>Nothing is given up, nor a stop broken off, as early as in operation: the machine may be busy.</summary>
    private static readonly TimeSpan Patience = Eventually.Patience;

    private readonly TemporaryFolder _data;

    private TestHost(WebApplication app, TemporaryFolder data)
    {
        App = app;
        _data = data;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Http = new HttpClient(Handler(app)) { BaseAddress = new Uri(addresses.Addresses.First()), Timeout = Patience };
    }

    /// <summary>The application.</summary>
    public WebApplication App { get; }

    /// <summary>A client with the application's address.</summary>
    public HttpClient Http { get; }

    /// <summary>Its address.</summary>
    public Uri Address => Http.BaseAddress!;

    /// <summary>
    /// Builds and starts an application that asks nobody who it is: <paramref name="add"/> before it is built, <paramref name="map"/> after.
    /// </summary>
    public static Task<TestHost> StartAsync(
        Action<WebApplicationBuilder> add, Action<WebApplication> map, params IReadOnlyList<KeyValuePair<string, string?>> settings) =>
        StartAskingAsync(builder => add(builder.AskNobody()), map, settings);

    /// <summary>The same, of one that asks everybody.</summary>
    public static async Task<TestHost> StartAskingAsync(
        Action<WebApplicationBuilder> add, Action<WebApplication> map, params IReadOnlyList<KeyValuePair<string, string?>> settings)
    {
        var data = new TemporaryFolder();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing", ContentRootPath = data.Path });
        builder.Configuration.AddInMemoryCollection([new("Storage:Directory", data.Path), new("Logging:LogLevel:Default", "Warning")]);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        // The timer by which a handler grows old keeps the whole application in memory for two minutes, and with it its log of 40 MB.
        builder.Services.ConfigureHttpClientDefaults(client => client.SetHandlerLifetime(Timeout.InfiniteTimeSpan));
        add(builder);
        var app = builder.Build();
        map(app);
        app.Services.GetRequiredService<IOptions<HostOptions>>().Value.ShutdownTimeout = Patience;
        await app.StartAsync();
        return new TestHost(app, data);
    }

    // By https it believes whom the application itself does.
    private static HttpMessageHandler Handler(WebApplication app) =>
        app.Configuration["Tls:Authority"] is { } root ? TestAuthority.Handler(root) : new SocketsHttpHandler();

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        _data.Dispose();
    }
}
