using Platform.Contracts.Monitor;
using Platform.Contracts.Registry;
using Platform.Registry.Gates;
using Platform.Registry.Policies;

namespace Platform.Registry.Rollouts;

/// <summary>A promotion that takes its time, as it is stored: with it the process may die at any moment, and another goes on.</summary>
internal sealed record Rollout
{
    private const int MaxDecisions = 200;

    public string Id { get; init; } = "";

    public string Model { get; init; } = "";

    public string Alias { get; init; } = "";

    /// <summary>The version that is to serve.</summary>
    public string Version { get; init; } = "";

    /// <summary>The version that the alias named when it began.</summary>
    public string Champion { get; init; } = "";

    public StrategyRequest Strategy { get; init; } = new();

    /// <summary>A value of <see cref="RolloutState"/>.</summary>
    public string State { get; init; } = RolloutState.Running;

    /// <summary>The step that is under way, counted from 1; 0 where there are none.</summary>
    public int Step { get; init; }

    /// <summary>When the step began, or was resumed (UTC).</summary>
    public DateTimeOffset StepAt { get; init; }

    /// <summary>What had been counted when the step began; null until the first counts come.</summary>
    public RoutesCounted? Before { get; init; }

    public IReadOnlyList<RolloutDecision> Decisions { get; init; } = [];

    public IReadOnlyList<GateRecord> Gates { get; init; } = [];

    public DateTimeOffset At { get; init; }

    public string By { get; init; } = "";

    public string? Reason { get; init; }

    /// <summary>Why it goes on although gates failed; null where none was set aside.</summary>
    public GateOverride? Override { get; init; }

    /// <summary>The share of requests that the version gets now.</summary>
    public double Weight => Strategy.Kind switch
    {
        StrategyKind.Canary => Strategy.Steps![Math.Max(0, Step - 1)].Weight ?? 0,
        StrategyKind.Ab => Strategy.Split!.First(share => share.Version == Version).Weight ?? 0,
        StrategyKind.BlueGreen => 1,
        _ => 0,
    };

    /// <summary>How the alias's requests are divided now.</summary>
    public IReadOnlyList<DeploymentShare> Split => Strategy.Kind switch
    {
        StrategyKind.BlueGreen => [Share(Version, 1, "champion"), Share(Champion, 0, "challenger")],
        StrategyKind.Shadow => [Share(Champion, 1, "champion"), Share(Version, Strategy.Share ?? 1, "shadow")],
        _ => [Share(Champion, Math.Round(1 - Weight, 9), "champion"), Share(Version, Weight, "challenger")],
    };

    /// <summary>With one decision more. Of those to wait in a step the latest stands for all.</summary>
    public Rollout With(RolloutDecision decision)
    {
        var stands = Decisions is [.., { Verdict: RolloutDecision.Wait } last] && last.Step == decision.Step;
        return this with { Decisions = [.. Decisions.SkipLast(stands ? 1 : 0).Append(decision).TakeLast(MaxDecisions)] };
    }

    private static DeploymentShare Share(string version, double weight, string role) => new() { Version = version, Weight = weight, Role = role };
}
