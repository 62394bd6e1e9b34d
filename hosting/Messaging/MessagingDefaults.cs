using MassTransit;

namespace Platform.Hosting.Messaging;

/// <summary>The process's one bus.</summary>
public static class MessagingDefaults
{
    /// <summary>
    /// Adds MassTransit once, with the consumers of every service that runs in the process. Queue names, retries and
    /// concurrency come from each consumer's definition, never from a convention.
    /// </summary>
    public static WebApplicationBuilder AddPlatformMessaging(this WebApplicationBuilder builder, params IReadOnlyList<ServiceMessaging> services)
    {
        builder.Services.AddMassTransit(bus =>
        {
            foreach (var service in services) service.AddConsumers(bus);
            bus.UsingInMemory((context, transport) =>
            {
                transport.UseRawJsonSerializer();
                transport.ConfigureEndpoints(context);
            });
        });
        builder.Services.Configure<MassTransitHostOptions>(options =>
        {
            options.StartTimeout = TimeSpan.FromSeconds(30);
            options.StopTimeout = TimeSpan.FromSeconds(5);
        });
        return builder;
    }
}
