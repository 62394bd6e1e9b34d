namespace Platform.Registry.Rollouts;

/// <summary>The states of a promotion that takes its time.</summary>
internal static class RolloutState
{
    public const string Running = "running";
    public const string Paused = "paused";
    public const string Completed = "completed";
    public const string RolledBack = "rolled_back";
    public const string Cancelled = "cancelled";

    public static bool IsFinal(string state) => state is Completed or RolledBack or Cancelled;
}
