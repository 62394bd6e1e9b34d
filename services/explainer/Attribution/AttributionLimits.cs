namespace Platform.Explainer.Attribution;

/// <summary>How much work the attribution methods may do for one instance; evaluations are rows that the model answers.</summary>
internal sealed record AttributionLimits
{
    /// <summary>The most features (or text segments) that any method accepts.</summary>
    public int Players { get; init; } = 4096;

    /// <summary>The most varying features that the exact method accepts: its tables hold 2^M values per output.</summary>
    public int ExactPlayers { get; init; } = 20;

    /// <summary>The most evaluations that the exact method may spend.</summary>
    public long ExactEvaluations { get; init; } = 2_000_000;

    /// <summary>The most numbers in the exact method's table: 2^M × outputs, 8 bytes each.</summary>
    public long ExactTableCells { get; init; } = 1L << 24;

    /// <summary>The most varying features for which <c>auto</c> chooses the exact method.</summary>
    public int AutoExactPlayers { get; init; } = 12;

    /// <summary>The most varying features that the kernel method accepts: it solves a system of as many equations, eleven times.</summary>
    public int KernelPlayers { get; init; } = 500;

    /// <summary>The most evaluations that the kernel method spends when the request names no budget; it spends as many on each coalition as there are background rows.</summary>
    public long KernelDefaultBudget { get; init; } = 200_000;

    /// <summary>The most varying features that LIME accepts: it solves one system of as many equations.</summary>
    public int LimePlayers { get; init; } = 1000;

    /// <summary>The most evaluations for which <c>auto</c> chooses the exact method when the request names no budget.</summary>
    public long AutoExactEvaluations { get; init; } = 131_072;

    /// <summary>The most evaluations that a sampling method spends when the request names no budget.</summary>
    public long DefaultBudget { get; init; } = 20_000;
}
