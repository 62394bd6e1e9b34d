using MassTransit;
using Microsoft.Extensions.Options;
using Platform.Hosting.Documents;
using Platform.Hosting.Management;
using Platform.Hosting.Messaging;

namespace Platform.Hosting.Outbox;

internal static class OutboxDefaults
{
    public static IServiceCollection AddOutboxDispatcher(this IServiceCollection services, string service)
    {
        RabbitMqTls.Register(services);
        services.AddKeyedSingleton(service, (provider, _) => new OutboxWatch(
            service,
            provider.GetRequiredKeyedService<IDocumentStore>(service),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<OutboxWatch>>()));
        services.AddSingleton<IHostedService>(provider => provider.GetRequiredKeyedService<OutboxWatch>(service));
        services.AddDegradationCheck($"{service} events", provider => provider.GetRequiredKeyedService<OutboxWatch>(service).Degradation());
        return services.AddSingleton<IHostedService>(provider => new OutboxDispatcher(
            service,
            provider.GetRequiredKeyedService<IDocumentStore>(service),
            provider.GetRequiredService<IBusControl>(),
            provider.GetRequiredService<IOptions<MessagingOptions>>(),
            provider.GetRequiredService<RabbitMqTls>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<OutboxDispatcher>>()));
    }
}
