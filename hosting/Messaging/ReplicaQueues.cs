using MassTransit;

namespace Platform.Hosting.Messaging;

/// <summary>
/// Names the queues that every replica of a service has for itself. Replicas otherwise share a queue, and a message reaches one
/// of them.
/// </summary>
public sealed class ReplicaQueues
{
    private readonly string _suffix;

    /// <summary>Queues of a process that has no replicas.</summary>
    public ReplicaQueues() => _suffix = "";

    internal ReplicaQueues(string replica) => _suffix = Separator + replica;

    private const string Separator = ".replica-";

    /// <summary>This process's name for a queue.</summary>
    public string NameOf(string queue) => queue + _suffix;

    /// <summary>A new name at every start: the queue of a process that was killed may be there until the broker notices.</summary>
    internal static ReplicaQueues OfThisProcess() => new($"{Environment.MachineName}-{Guid.NewGuid():n}".ToLowerInvariant());

    internal static bool IsReplicaQueue(string queue) => queue.Contains(Separator, StringComparison.Ordinal);
}

/// <summary>
/// A consumer whose messages every replica must hear, such as "look at the registry again". Its queue goes with the process;
/// what is said while the process is away is not kept for it.
/// </summary>
public abstract class EveryReplicaConsumerDefinition<TConsumer> : ConsumerDefinition<TConsumer> where TConsumer : class, IConsumer
{
    /// <summary>Names the queue; one message at a time.</summary>
    protected EveryReplicaConsumerDefinition(ReplicaQueues queues, string queue) => Endpoint(endpoint =>
    {
        endpoint.Name = queues.NameOf(queue);
        endpoint.Temporary = true;
        endpoint.ConcurrentMessageLimit = 1;
        endpoint.PrefetchCount = 1; // which does not follow from the limit
    });
}
