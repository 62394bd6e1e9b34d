namespace Platform.Registry.Rollouts;

/// <summary>The ways in which traffic moves to a version.</summary>
internal static class StrategyKind
{
    public const string Immediate = "immediate";
    public const string Shadow = "shadow";
    public const string Ab = "ab";
    public const string BlueGreen = "blue_green";
    public const string Canary = "canary";

    public static IReadOnlyList<string> All { get; } = [Immediate, Shadow, Ab, BlueGreen, Canary];
}
