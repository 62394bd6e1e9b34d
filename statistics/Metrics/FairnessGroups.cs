using Platform.Contracts.Registry;
using Platform.Hosting.Values;
using Platform.Statistics.Samples;

namespace Platform.Statistics.Metrics;

/// <summary>Which of the two groups that a version's metadata name a value of the feature belongs to.</summary>
/// <param name="definition">Both groups are given.</param>
public sealed class FairnessGroups(FairnessDefinition definition)
{
    /// <summary>The group that is measured against.</summary>
    public const string Privileged = "privileged";

    /// <summary>The group that is measured.</summary>
    public const string Unprivileged = "unprivileged";

    private readonly HashSet<string> _privileged = Normal(definition.Privileged!);
    private readonly HashSet<string> _unprivileged = Normal(definition.Unprivileged!);

    /// <summary>The group of a category; null where it belongs to neither, as a missing one does.</summary>
    public string? OfCategory(string? category) => category is null ? null : Choose((_, values) => values.Contains(ScalarText.Normalise(category)));

    /// <summary>The group of a number; null where it belongs to neither.</summary>
    public string? OfNumber(ExactNumber number) => Choose((group, values) => values.Contains(number.ToString()) || IsWithin(group, number.High));

    private string? Choose(Func<GroupDefinition, HashSet<string>, bool> holds)
    {
        if (holds(definition.Privileged!, _privileged))
            return Privileged;
        return holds(definition.Unprivileged!, _unprivileged) ? Unprivileged : null;
    }

    private static bool IsWithin(GroupDefinition group, double number) =>
        (group.Min is not null || group.Max is not null)
        && number >= (group.Min ?? double.NegativeInfinity) && number <= (group.Max ?? double.PositiveInfinity);

    private static HashSet<string> Normal(GroupDefinition group) => [.. (group.Values ?? []).Select(ScalarText.Normalise)];
}
