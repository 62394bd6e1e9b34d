namespace Platform.Hosting.Replicas;

/// <summary>This process among the replicas of its service; section <c>Replica</c>.</summary>
public sealed class ReplicaOptions
{
    /// <summary>
    /// The address at which other replicas reach this one. Without it, the address that the process listens on, with the
    /// machine's own where it listens on all.
    /// </summary>
    public Uri? Address { get; set; }
}
