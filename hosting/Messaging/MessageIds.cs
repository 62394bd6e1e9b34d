using MassTransit;

namespace Platform.Hosting.Messaging;

/// <summary>The id that the sender of a message gave to it.</summary>
public static class MessageIds
{
    /// <summary>
    /// As the sender wrote it, which for a client of AMQP is any text in the property <c>message-id</c>; empty when there is none. The framework's own
    /// notion of it is a GUID in one notation.
    /// </summary>
    public static string IdOfMessage(this ConsumeContext context) =>
        context.ReceiveContext.TransportHeaders.Get<string>(MessageHeaders.MessageId) ?? context.MessageId?.ToString() ?? "";
}
