using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Platform.TestKit;

/// <summary>A web application on a real Kestrel, on a free port, with a data folder of its own.</summary>
public sealed class TestHost : IAsyncDisposable
{
    private readonly TemporaryFolder _data;

    private TestHost(WebApplication app, TemporaryFolder data)
    {
        App = app;
        _data = data;
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!;
        Http = new HttpClient { BaseAddress = new Uri(addresses.Addresses.Single()) };
    }

    /// <summary>The application.</summary>
    public WebApplication App { get; }

    /// <summary>A client with the application's address.</summary>
    public HttpClient Http { get; }

    /// <summary>Its address.</summary>
    public Uri Address => Http.BaseAddress!;

    /// <summary>Builds and starts an application: <paramref name="add"/> before it is built, <paramref name="map"/> after.</summary>
    public static async Task<TestHost> StartAsync(
        Action<WebApplicationBuilder> add, Action<WebApplication> map, params IReadOnlyList<KeyValuePair<string, string?>> settings)
    {
        var data = new TemporaryFolder();
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing", ContentRootPath = data.Path });
        builder.Configuration.AddInMemoryCollection([new("Storage:Directory", data.Path)]);
        builder.Configuration.AddInMemoryCollection(settings);
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        add(builder);
        var app = builder.Build();
        map(app);
        await app.StartAsync();
        return new TestHost(app, data);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await App.StopAsync();
        await App.DisposeAsync();
        _data.Dispose();
    }
}
