using MassTransit;
using Platform.Contracts;
using Platform.Hosting.Messaging;

namespace Platform.Hosting.Reconciling;

/// <summary>
/// A queue for each event: a raw body would run every consumer of its queue. The signal cannot fail, and a lost one is made good by the periodic look:
/// nothing is worth a retry.
/// </summary>
internal sealed class ReconcileConsumerDefinition<TReconciler, TEvent>(ReplicaQueues queues, ReconcilerOwner<TReconciler> owner)
    : EveryReplicaConsumerDefinition<ReconcileConsumer<TReconciler, TEvent>>(queues, NameOf(owner.Name))
    where TReconciler : SnapshotReconciler where TEvent : class, IEvent
{
    private static string NameOf(string owner) => $"{owner}-reconcile-on-{MessageTypes.NameOf(typeof(TEvent)).Split('.')[1]}";
}

/// <summary>Whose reconciler it is, as its queues say it.</summary>
internal sealed record ReconcilerOwner<TReconciler>(string Name);
