using MassTransit;
using Platform.Contracts.Registry;
using Platform.Hosting.Reconciling;

namespace Platform.Hosting.Deployments;

/// <summary>The events after which the registry's deployments are worth a look.</summary>
public static class DeploymentEvents
{
    /// <summary>Has every replica of <paramref name="service"/> look when what serves may have changed.</summary>
    public static void ReconcileOnDeployments<TReconciler>(this IBusRegistrationConfigurator bus, string service) where TReconciler : DeploymentReconciler
    {
        bus.ReconcileOn<TReconciler, ModelPromoted>(service);
        bus.ReconcileOn<TReconciler, ModelRolledBack>(service);
        bus.ReconcileOn<TReconciler, AliasChanged>(service);
        bus.ReconcileOn<TReconciler, RolloutStepped>(service);
    }
}
