using Platform.Hosting.Errors;
using Platform.Registry.Comparisons;
using Platform.Registry.History;
using Platform.Registry.Models;
using Platform.Registry.Rollouts;
using Platform.Registry.Versions;

namespace Platform.Registry.Promotions;

/// <summary>Begins a promotion that takes its time, once the gates have let the version; or says what it would be like.</summary>
internal sealed class BeginRollout(RolloutStore rollouts, VersionStore versions)
{
    /// <summary>Begins it in a change of its model.</summary>
    public async Task<Result<Promotion>> HandleAsync(
        ModelChange change, StrategyRequest strategy, HistoryEntry entry, CancellationToken cancellationToken)
    {
        if (!(await DescribeAsync(change, strategy, entry, cancellationToken)).Succeeded(out var rollout, out var refusal)) return refusal;
        RolloutSteps.Begin(change, rollout, await StepRollout.DigestAsync(versions, change, rollout.Version, cancellationToken));
        RolloutStore.Put(change, rollout);
        return Promotion.Of(rollout);
    }

    /// <summary>What it would be like, and how many samples its steps would probably need.</summary>
    public async Task<Result<Promotion>> ForeseeAsync(
        ModelChange change, StrategyRequest strategy, HistoryEntry entry, CancellationToken cancellationToken)
    {
        if (!(await DescribeAsync(change, strategy, entry, cancellationToken)).Succeeded(out var rollout, out var refusal)) return refusal;
        var counted = await rollouts.FindCountsAsync(change.Model.Name, cancellationToken);
        return Promotion.Of(rollout) with
        {
            State = Promotion.Measured,
            Expected = ExpectedSamples.Of(rollout, RouteSample.Of(counted, rollout.Champion, "champion")),
        };
    }

    private async Task<Result<Rollout>> DescribeAsync(
        ModelChange change, StrategyRequest strategy, HistoryEntry entry, CancellationToken cancellationToken)
    {
        if (entry.PreviousVersion is not { } current || current == entry.Version) return RolloutErrors.NothingToCompare(entry.Alias!, entry.Version!);
        // Requests are counted by version and role, whatever the alias.
        if ((change.Model.RolloutOf(current) ?? change.Model.RolloutOf(entry.Version!)) is { } other)
            return ModelErrors.PromotionRunning(change.Model.Aliases.First(alias => alias.Value.Rollout == other).Key, other);
        var resolved = await ResolveAsync(change, strategy, entry, cancellationToken);
        return resolved.Succeeded(out var numbered, out var refusal) ? Describe(numbered, entry) : refusal;
    }

    /// <summary>The strategy with numbers where aliases stood.</summary>
    private async Task<Result<StrategyRequest>> ResolveAsync(
        ModelChange change, StrategyRequest strategy, HistoryEntry entry, CancellationToken cancellationToken)
    {
        if (strategy.Split is null) return strategy;
        var split = new List<SplitRequest>();
        foreach (var share in strategy.Split)
        {
            var found = await versions.FindAsync(change.Model, share.Version!, cancellationToken);
            if (!found.Succeeded(out var version, out var error)) return error;
            split.Add(share with { Version = version.Description.Version });
        }

        return split.Select(share => share.Version).ToHashSet().SetEquals([entry.PreviousVersion, entry.Version])
            ? strategy with { Split = split }
            : RolloutErrors.WrongSplit(entry.Alias!, entry.PreviousVersion!, entry.Version!);
    }

    private static Rollout Describe(StrategyRequest strategy, HistoryEntry entry) => new()
    {
        Id = entry.Id!,
        Model = entry.Model,
        Alias = entry.Alias!,
        Version = entry.Version!,
        Champion = entry.PreviousVersion!,
        Strategy = strategy,
        Step = strategy.Kind == StrategyKind.Canary ? 1 : 0,
        StepAt = entry.At,
        Gates = entry.Gates ?? [],
        At = entry.At,
        By = entry.By,
        Reason = entry.Reason,
        Override = entry.Override,
    };
}
