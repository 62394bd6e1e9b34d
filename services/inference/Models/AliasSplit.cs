using Platform.Inference.Routing;

namespace Platform.Inference.Models;

/// <summary>How the requests to an alias are divided, and the versions beside the champion as far as they are here.</summary>
internal sealed record AliasSplit(TrafficSplit Traffic, IReadOnlyList<VersionSlot> Others)
{
    /// <summary>A lease on one of the versions; null while it is not loaded.</summary>
    public LoadedVersion? TryAcquire(string version)
    {
        foreach (var slot in Others)
            if (slot.Version == version) return slot.TryAcquire();
        return null;
    }

    public bool IsLoaded(string version) => Others.Any(slot => slot.Version == version && slot.Loaded is not null);

    public bool IsSameAs(AliasSplit other) => Others.SequenceEqual(other.Others) && Traffic.Shares.SequenceEqual(other.Traffic.Shares);
}
