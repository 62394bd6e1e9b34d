using MassTransit;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Contracts;

namespace Platform.Hosting.Reconciling;

/// <summary>What has a reconciler look before its interval is over.</summary>
public static class ReconcilingDefaults
{
    /// <summary>
    /// Has the <typeparamref name="TReconciler"/> of every replica look at each <typeparamref name="TEvent"/>. Its queue goes with the process, and
    /// is named after <paramref name="owner"/>, the service or the part of hosting whose reconciler it is.
    /// </summary>
    public static void ReconcileOn<TReconciler, TEvent>(this IBusRegistrationConfigurator bus, string owner)
        where TReconciler : SnapshotReconciler where TEvent : class, IEvent
    {
        bus.TryAddSingleton(new ReconcilerOwner<TReconciler>(owner));
        bus.AddConsumer<ReconcileConsumer<TReconciler, TEvent>, ReconcileConsumerDefinition<TReconciler, TEvent>>();
    }
}
