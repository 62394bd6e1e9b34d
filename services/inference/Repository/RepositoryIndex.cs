using Platform.Inference.Models;

namespace Platform.Inference.Repository;

/// <summary>What serves here, and what should but does not.</summary>
internal static class RepositoryIndex
{
    /// <param name="models">What serves.</param>
    /// <param name="deployments">What should.</param>
    /// <param name="ready">True for those only that can be called.</param>
    public static IndexEntry[] Of(ModelTable models, DeploymentSync deployments, bool ready)
    {
        var serving = models.Models.SelectMany(model => model.Versions).Select(Describe).ToArray();
        if (ready) return [.. serving.Where(entry => entry.State == "READY")];
        var failed = deployments.Failures.Select(failure => new IndexEntry(failure.Key.Model, failure.Key.Version, "UNAVAILABLE", failure.Value));
        var unloaded = deployments.Unloaded.Select(model => new IndexEntry(model, null, "UNAVAILABLE", "unloaded"));
        return [.. serving, .. failed, .. unloaded];
    }

    private static IndexEntry Describe(VersionSlot slot) => slot.Loaded switch
    {
        null => new IndexEntry(slot.Model, slot.Version, "READY", "loaded when it is called"),
        { Unavailable: { } reason } => new IndexEntry(slot.Model, slot.Version, "UNAVAILABLE", reason),
        { Worker: not null } => new IndexEntry(slot.Model, slot.Version, "READY", "runs in a process of its own"),
        _ => new IndexEntry(slot.Model, slot.Version, "READY", ""),
    };
}
