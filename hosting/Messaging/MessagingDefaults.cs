using System.Text.Json;
using MassTransit;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Hosting.Keys;
using Platform.Hosting.Management;

namespace Platform.Hosting.Messaging;

/// <summary>The process's one bus.</summary>
public static class MessagingDefaults
{
    /// <summary>
    /// Adds MassTransit once, with the consumers of every service that runs in the process, over the transport that
    /// <see cref="MessagingOptions"/> name. Queue names, retries and concurrency come from each consumer's definition, never
    /// from a convention.
    /// </summary>
    public static WebApplicationBuilder AddPlatformMessaging(this WebApplicationBuilder builder, params IReadOnlyList<ServiceMessaging> services)
    {
        builder.Services.AddOptions<MessagingOptions>().BindConfiguration(MessagingOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        var options = builder.Configuration.GetSection(MessagingOptions.Section).Get<MessagingOptions>() ?? new MessagingOptions();
        builder.Services.TryAddSingleton(TimeProvider.System);
        RabbitMqTls.Register(builder.Services);
        builder.Services.AddSingleton(options.UsesRabbitMq ? ReplicaQueues.OfThisProcess() : new ReplicaQueues());
        var own = builder.Services.Select(service => service.ImplementationInstance).OfType<ServiceMessaging>().ToList();
        builder.Services.AddMassTransit(bus =>
        {
            bus.DisableUsageTelemetry(); // nobody outside is told what runs here
            bus.ConfigureHealthCheckOptions(health => health.Tags.UnionWith(["bus"])); // and not "ready": BusReadiness says what counts
            foreach (var service in services.Concat(own)) service.AddConsumers(bus);
            if (options.UsesRabbitMq) bus.UseRabbitMq(); else bus.UseInMemory();
        });
        builder.Services.AddSingleton<BusReadiness>();
        builder.Services.AddReadinessCheck("messages", provider => provider.GetRequiredService<BusReadiness>().WaitingFor());
        builder.Services.AddDegradationCheck("message broker", provider => provider.GetRequiredService<RabbitMqTls>().Refusal);
        builder.Services.Configure<MassTransitHostOptions>(host => host.StopTimeout = TimeSpan.FromSeconds(5));
        return builder;
    }

    private static void UseInMemory(this IBusRegistrationConfigurator bus) => bus.UsingInMemory((context, transport) =>
    {
        transport.UsePlatformMessages(context);
        transport.ConfigureEndpoints(context);
    });

    private static void UseRabbitMq(this IBusRegistrationConfigurator bus)
    {
        bus.AddConfigureEndpointsCallback(RabbitMqTransport.ConfigureEndpoint);
        bus.UsingRabbitMq((context, transport) =>
        {
            transport.UsePlatformMessages(context);
            RabbitMqTransport.Configure(
                transport, context, context.GetRequiredService<IOptions<MessagingOptions>>().Value.RabbitMq, context.GetRequiredService<RabbitMqTls>());
        });
    }

    private static void UsePlatformMessages(this IBusFactoryConfigurator transport, IBusRegistrationContext context)
    {
        transport.ConfigureJsonSerializerOptions(options => new JsonSerializerOptions(options)
        {
            WriteIndented = false,
            Encoder = PlatformJson.Tolerant.Encoder,
        });
        transport.UseRawJsonSerializer(isDefault: true);
        transport.AddDeserializer(new MarkedJson(), isDefault: true); // also of a body that says no content type
        transport.UsePublishFilter(typeof(CloudEventFilter<>), context);
    }
}
