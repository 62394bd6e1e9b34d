using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Platform.Hosting.Tls;

/// <summary>Registration of TLS, and what hosts ask of it.</summary>
public static class TlsDefaults
{
    /// <summary>Adds what calls and answers by https need, and what reads certificates again. Harmless when repeated.</summary>
    public static IServiceCollection AddPlatformTls(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(PlatformTls))) return services;
        services.AddOptions<TlsOptions>().BindConfiguration(TlsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<TlsMetrics>();
        services.AddSingleton<ReloadedFiles>();
        services.AddSingleton<PlatformTls>();
        return services.AddHostedService(provider => provider.GetRequiredService<ReloadedFiles>());
    }

    /// <summary>The scheme of this process's addresses: <c>https</c> with a certificate, else <c>http</c>.</summary>
    public static string PlatformScheme(this IConfiguration configuration) =>
        configuration.GetSection(TlsOptions.Section).Get<TlsOptions>()?.IsOn is true ? Uri.UriSchemeHttps : Uri.UriSchemeHttp;

    /// <summary>Has a client believe processes of the platform alone, where it calls by https.</summary>
    public static IHttpClientBuilder CallPlatform(this IHttpClientBuilder client, Action<SocketsHttpHandler>? configure = null)
    {
        client.Services.AddPlatformTls();
        return client.ConfigurePrimaryHttpMessageHandler(provider =>
        {
            var handler = new SocketsHttpHandler();
            configure?.Invoke(handler);
            handler.BelievePlatform(provider);
            return handler;
        });
    }

    /// <summary>The same for a handler of one's own.</summary>
    public static void BelievePlatform(this SocketsHttpHandler handler, IServiceProvider provider) =>
        provider.GetRequiredService<PlatformTls>().Configure(handler);
}
