using MassTransit;

namespace Platform.Hosting.Messaging;

/// <summary>What a service contributes to its process's one bus, or a part of hosting, which then registers it in the container.</summary>
/// <param name="Service">The service's name, for example "registry".</param>
/// <param name="AddConsumers">Registers its consumers, each with its definition.</param>
public sealed record ServiceMessaging(string Service, Action<IBusRegistrationConfigurator> AddConsumers)
{
    /// <summary>A service that only publishes.</summary>
    public static ServiceMessaging PublishOnly(string service) => new(service, _ => { });
}
