using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Platform.Client;

/// <summary>Brings the client to an application.</summary>
public static class PlatformClientDefaults
{
    /// <summary>
    /// Adds <see cref="PlatformClient"/>, one for the application. What is returned configures the <see cref="HttpClient"/> that it sends through.
    /// </summary>
    public static IHttpClientBuilder AddPlatformClient(this IServiceCollection services, Action<PlatformClientOptions> configure)
    {
        services.AddOptions<PlatformClientOptions>().Configure(configure);
        services.AddSingleton(provider => new PlatformClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(PlatformClient)), provider.GetRequiredService<IOptions<PlatformClientOptions>>().Value));
        // It lives as long as the application, so that the factory cannot renew its connections; the handler itself does.
        return services.AddHttpClient(nameof(PlatformClient)).UseSocketsHttpHandler((handler, _) => handler.PooledConnectionLifetime = TimeSpan.FromMinutes(5))
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }
}
