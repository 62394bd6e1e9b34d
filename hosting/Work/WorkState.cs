namespace Platform.Hosting.Work;

/// <summary>Values of <see cref="WorkRecord.State"/>.</summary>
public static class WorkState
{
    /// <summary>It waits.</summary>
    public const string Queued = "queued";

    /// <summary>A process is at it.</summary>
    public const string Running = "running";

    /// <summary>It has a result.</summary>
    public const string Succeeded = "succeeded";

    /// <summary>It has none, and says why.</summary>
    public const string Failed = "failed";

    /// <summary>Somebody cancelled it before it had a result.</summary>
    public const string Cancelled = "cancelled";

    internal static bool IsFinal(string state) => state is Succeeded or Failed or Cancelled;
}
