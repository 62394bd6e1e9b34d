using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Hosting.Access;
using Platform.Hosting.Tls;

namespace Platform.Hosting.Deployments;

/// <summary>Registration of <see cref="RegistryClient"/>.</summary>
public static class RegistryClientDefaults
{
    /// <summary>Adds the client of the registry's HTTP API; any number of services in a process may ask for it.</summary>
    public static IServiceCollection AddRegistryClient(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(RegistryClient))) return services;
        services.AddRegistryOptions();
        services.TryAddSingleton(TimeProvider.System);
        services.AddTransient<RegistryPatience>();
        services.AddHttpClient<RegistryClient>((provider, http) =>
                http.BaseAddress = provider.GetRequiredService<IOptions<RegistryOptions>>().Value.Address)
            .CallPlatform()
            .AddHttpMessageHandler<RegistryPatience>()
            .AddServiceIdentity();
        return services;
    }

    internal static void AddRegistryOptions(this IServiceCollection services)
    {
        if (services.Any(service => service.ServiceType == typeof(IConfigureOptions<RegistryOptions>))) return;
        services.AddOptions<RegistryOptions>().BindConfiguration("Registry").ValidateDataAnnotations().ValidateOnStart();
    }
}
