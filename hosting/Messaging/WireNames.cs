using MassTransit;
using Platform.Contracts;

namespace Platform.Hosting.Messaging;

/// <summary>
/// Exchanges are named by the messages' wire names, so that a client in any language can bind to one. Every event goes to
/// <see cref="AllEvents"/> as well.
/// </summary>
internal sealed class WireNames(IEntityNameFormatter others) : IEntityNameFormatter
{
    public const string AllEvents = "platform.events";

    public string FormatEntityName<T>()
    {
        if (typeof(T) == typeof(IEvent)) return AllEvents;
        return IsMessage(typeof(T)) ? MessageTypes.NameOf(typeof(T)) : others.FormatEntityName<T>();
    }

    /// <summary>The exchange of an event to which the platform's own services alone bind; what subscribers bind is not asked there.</summary>
    public static string ServicesOf(string type) => type + ".services";

    public static bool IsMessage(Type type) => typeof(IMessage).IsAssignableFrom(type) && !type.IsInterface;
}

/// <summary>Where messages end that could not be consumed, for whatever reason: one queue beside each queue.</summary>
internal sealed class DeadLetterNames : IErrorQueueNameFormatter, IDeadLetterQueueNameFormatter
{
    public static string Of(string queue) => queue + ".dead-letter";

    public string FormatErrorQueueName(string queueName) => Of(queueName);

    public string FormatDeadLetterQueueName(string queueName) => Of(queueName);
}
