using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Access;
using Platform.Hosting.Deployments;
using Platform.Hosting.Management;
using Platform.Hosting.Messaging;
using Platform.Hosting.Reconciling;

namespace Platform.Hosting.Keys;

/// <summary>Registration of the keys that a process knows.</summary>
public static class KeyDefaults
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>The client by which a process that is not the registry reads keys.</summary>
    public static IHttpClientBuilder AddRegistryKeys(this IServiceCollection services) =>
        services.AddHttpClient<IKeySource, RegistryKeys>().RemoveAllLoggers();

    internal static void AddPlatformKeys(this IServiceCollection services)
    {
        services.AddRegistryOptions();
        services.AddRegistryKeys()
            .ConfigureHttpClient((provider, http) =>
                (http.BaseAddress, http.Timeout) = (provider.GetRequiredService<IOptions<RegistryOptions>>().Value.Address, Patience))
            .AddServiceIdentity();
        services.AddSingleton<KeyTable>();
        services.AddSingleton<ICallerKeys>(provider => provider.GetRequiredService<KeyTable>());
        services.AddSingleton<KeyReconciler>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyReconciler>());
        services.AddReadinessCheck("keys", provider => provider.GetRequiredService<KeyReconciler>().FirstPass.IsCompleted ? null : "the registry's keys");
        services.AddSingleton(new ServiceMessaging("keys", bus => bus.ReconcileOn<KeyReconciler, KeysChanged>("access")));
    }
}
