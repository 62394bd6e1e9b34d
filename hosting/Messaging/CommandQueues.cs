using MassTransit;
using Platform.Contracts;

namespace Platform.Hosting.Messaging;

/// <summary>
/// For consumers that take a command over into their store and have no room for it at the moment. A broker takes back, and begins anew, what is
/// not acknowledged within its consumer time-out, so nothing may wait in a consumer for long.
/// </summary>
public static class CommandQueues
{
    /// <summary>How long a command may wait in its consumer for room: far below the 30 minutes that RabbitMQ gives by default.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Puts a command behind those that wait in <paramref name="queue"/>; it may be acknowledged then. Its ids must be in it: the message that carries
    /// it is a new one.
    /// </summary>
    public static async Task PutBackAsync<T>(this IBus bus, string queue, T command, CancellationToken cancellationToken) where T : class, ICommand
    {
        // By its exchange: as a queue the broker would be asked for one with other arguments, and refuse.
        var endpoint = await bus.GetSendEndpoint(new Uri($"exchange:{queue}"));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience); // the bus itself would try for hours
        await endpoint.Send(command, patience.Token);
    }
}
