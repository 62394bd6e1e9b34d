using MassTransit;
using Microsoft.Extensions.Options;
using Platform.Hosting.Documents;
using Platform.Hosting.Messaging;

namespace Platform.Hosting.Outbox;

internal static class OutboxDefaults
{
    public static IServiceCollection AddOutboxDispatcher(this IServiceCollection services, string service) =>
        services.AddSingleton<IHostedService>(provider => new OutboxDispatcher(
            service,
            provider.GetRequiredKeyedService<IDocumentStore>(service),
            provider.GetRequiredService<IBusControl>(),
            provider.GetRequiredService<IOptions<MessagingOptions>>(),
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<ILogger<OutboxDispatcher>>()));
}
