using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Hosting.Documents;
using Platform.Hosting.Tls;

namespace Platform.Hosting.Replicas;

/// <summary>Registration of <see cref="ActiveReplica"/> and of the routes that need it.</summary>
public static class ActiveReplicaDefaults
{
    /// <summary>
    /// Marks a request that another replica has passed on: it is not passed on twice. The gateway removes it from what comes from outside.
    /// </summary>
    public const string PassedOn = "x-platform-passed-on";

    /// <summary>Registers <c>[FromKeyedServices(service)] ActiveReplica</c>; the service needs documents.</summary>
    public static IServiceCollection AddActiveReplica(this IServiceCollection services, string service)
    {
        services.AddOptions<ReplicaOptions>().BindConfiguration("Replica");
        services.AddHttpForwarder();
        services.AddPlatformTls();
        services.TryAddSingleton<ReplicaAddress>();
        services.TryAddSingleton<ActiveReplicaForwarder>();
        services.AddKeyedSingleton(service, (provider, _) => new ActiveReplica(
            provider.GetRequiredKeyedService<IDocumentStore>(service), provider.GetRequiredService<ReplicaAddress>().GetAsync));
        return services;
    }

    /// <summary>Has these routes answered by the service's active replica, wherever the request arrives.</summary>
    public static T OnActiveReplica<T>(this T routes, string service) where T : IEndpointConventionBuilder =>
        routes.WithMetadata(new NeedsActiveReplica(service));

    internal static void UseActiveReplicas(this WebApplication app)
    {
        if (app.Services.GetService<ActiveReplicaForwarder>() is not { } forwarder) return;
        app.Use((context, next) => context.GetEndpoint()?.Metadata.GetMetadata<NeedsActiveReplica>() is { } needed
            ? forwarder.HandleAsync(context, needed.Service, next)
            : next(context));
    }
}

/// <summary>Marks a route that only the active replica of a service can answer.</summary>
internal sealed record NeedsActiveReplica(string Service);
