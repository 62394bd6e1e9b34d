namespace Platform.Registry.Sessions;

/// <summary>How much memory one of several processes may take, so that all of them leave this one its own.</summary>
internal static class MemoryShare
{
    // Less than this does not hold the program and ONNX Runtime.
    private const long Least = 512L << 20;

    /// <summary>An equal share of three quarters of what the machine has, or the container if it has a bound.</summary>
    public static long Of(int processes) => Math.Max(Least, GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 4 * 3 / processes);
}
