using Platform.Contracts.Registry;
using Platform.Registry.Requests;
using Platform.Statistics.Metrics;

namespace Platform.Registry.Uploads;

/// <summary>Which groups are compared: each must be one that the monitor can tell apart, and there may not be too many.</summary>
internal static class FairnessRules
{
    private const int MostNameCharacters = 100;
    private const int MostRows = 1_000_000;

    public static void Check(VersionMetadata metadata, FairnessDefinition fairness, FieldProblems problems)
    {
        if (fairness.Attributes is not { Count: > 0 } || fairness is not { Feature: "", Privileged: null, Unprivileged: null })
            CheckPair(metadata, fairness, problems);
        problems.Require("fairness.favourableClass",
            fairness.FavourableClass is not { } favourable || metadata.Classes is not { } classes || MetadataRules.AreNamed(classes, favourable),
            "must be one of the classes.");
        problems.Require("fairness.minSupport", fairness.MinSupport is null or (>= 2 and <= MostRows), $"must be 2 to {MostRows}.");
        problems.Require("fairness.correction", fairness.Correction is null || FairnessPlan.Corrections.Contains(fairness.Correction),
            $"must be one of {string.Join(", ", FairnessPlan.Corrections)}.");
        if (IsLong(fairness, problems)) return;
        for (var at = 0; at < (fairness.Attributes?.Count ?? 0); at++)
            CheckAttribute(metadata, fairness, $"fairness.attributes[{at}]", at, problems);
        CheckIntersections(fairness, problems);
        CheckSize(metadata, fairness, problems);
    }

    // What follows looks at every pair of them.
    private static bool IsLong(FairnessDefinition fairness, FieldProblems problems)
    {
        Require("fairness.attributes", fairness.Attributes?.Count);
        Require("fairness.intersections", fairness.Intersections?.Count);
        Require("fairness.intersections", fairness.Intersections?.Max(features => features?.Count));
        return fairness.Attributes?.Count > FairnessPlan.MostGroups || fairness.Intersections?.Count > FairnessPlan.MostGroups
            || fairness.Intersections?.Any(features => features?.Count > FairnessPlan.MostGroups) == true;

        void Require(string field, int? count) =>
            problems.Require(field, count is null or <= FairnessPlan.MostGroups, $"must be at most {FairnessPlan.MostGroups}.");
    }

    private static void CheckPair(VersionMetadata metadata, FairnessDefinition fairness, FieldProblems problems)
    {
        var kind = CheckFeature(metadata, "fairness.feature", fairness.Feature, problems);
        CheckGroup("fairness.privileged", fairness.Privileged, kind, problems);
        CheckGroup("fairness.unprivileged", fairness.Unprivileged, kind, problems);
    }

    private static string? CheckFeature(VersionMetadata metadata, string field, string? feature, FieldProblems problems)
    {
        problems.Require(field, UsageRules.IsFeature(metadata, feature), "must be the name of a feature.");
        problems.Require(field, metadata.Logging?.Redact?.Any(redaction => redaction?.Feature == feature) != true,
            "must not be hidden by logging.redact: its groups could not be told apart.");
        var kind = FeatureOf(metadata, feature)?.Kind;
        problems.Require(field, kind != "text", "must not be a feature of text, which makes no groups.");
        return kind;
    }

    private static void CheckGroup(string field, GroupDefinition? group, string? kind, FieldProblems problems)
    {
        problems.Require(field, kind != "categorical" || group is { Values.Count: > 0 }, "needs values: the feature is categorical.");
        problems.Require(field, group is { Min: not null } or { Max: not null } or { Values.Count: > 0 }, "needs min, max or values.");
        problems.Require(field, group is not { Min: { } min, Max: { } max } || min <= max, "has a min above its max.");
    }

    private static void CheckAttribute(VersionMetadata metadata, FairnessDefinition fairness, string field, int at, FieldProblems problems)
    {
        if (fairness.Attributes![at] is not { } attribute)
        {
            problems.Add(field, "must name a feature.");
            return;
        }

        var kind = CheckFeature(metadata, $"{field}.feature", attribute.Feature, problems);
        problems.Require($"{field}.feature", fairness.Attributes.Take(at).All(before => before?.Feature != attribute.Feature),
            "is listed before: give all of its groups in one place.");
        if (attribute.Groups is null)
            problems.Require($"{field}.groups", FeatureOf(metadata, attribute.Feature)?.Categories is not null,
                "are needed, each with a name and min, max or values: the feature has no list of categories to take them from.");
        for (var group = 0; group < (attribute.Groups?.Count ?? 0); group++)
            CheckNamed($"{field}.groups[{group}]", attribute.Groups![group], kind, problems);
        CheckNames(field, attribute, NamesOf(metadata, attribute), problems);
    }

    private static void CheckNamed(string field, FairnessGroup? group, string? kind, FieldProblems problems)
    {
        problems.Require($"{field}.name", group?.Name is { Length: > 0 and <= MostNameCharacters }, $"must be 1 to {MostNameCharacters} characters long.");
        CheckGroup(field, group is null ? null : new() { Min = group.Min, Max = group.Max, Values = group.Values }, kind, problems);
    }

    private static void CheckNames(string field, FairnessAttribute attribute, string[] names, FieldProblems problems)
    {
        problems.Require($"{field}.groups", names.Length != 1 && attribute.Groups is not { Count: 0 },
            "must be two or more, so that there is something to compare.");
        problems.Require($"{field}.groups", names.Distinct(StringComparer.Ordinal).Count() == names.Length, "must have names that differ from each other.");
        problems.Require($"{field}.reference", attribute.Reference is null || names.Contains(attribute.Reference), "must be the name of one of the groups.");
    }

    private static void CheckIntersections(FairnessDefinition fairness, FieldProblems problems)
    {
        var listed = (fairness.Attributes ?? []).Select(attribute => attribute?.Feature).ToHashSet();
        for (var at = 0; at < (fairness.Intersections?.Count ?? 0); at++)
        {
            var (field, features) = ($"fairness.intersections[{at}]", fairness.Intersections![at] ?? []);
            problems.Require(field, features.Count > 1 && features.Distinct(StringComparer.Ordinal).Count() == features.Count,
                "must be two or more different features.");
            problems.Require(field, features.All(listed.Contains), "must name features of fairness.attributes.");
            problems.Require(field, fairness.Intersections.Take(at).All(before => before?.ToHashSet(StringComparer.Ordinal).SetEquals(features) != true),
                "is listed before.");
        }
    }

    private static void CheckSize(VersionMetadata metadata, FairnessDefinition fairness, FieldProblems problems)
    {
        var sizes = (fairness.Attributes ?? []).OfType<FairnessAttribute>().GroupBy(attribute => attribute.Feature ?? "")
            .ToDictionary(same => same.Key, same => (double)NamesOf(metadata, same.First()).Length, StringComparer.Ordinal);
        var pair = fairness is { Privileged: not null, Unprivileged: not null } ? 2 : 0;
        var groups = pair + sizes.Values.Sum() + (fairness.Intersections ?? []).Sum(features =>
            (features ?? []).Aggregate(1.0, (product, feature) => product * sizes.GetValueOrDefault(feature ?? "", 1)));
        problems.Require("fairness.attributes", groups <= FairnessPlan.MostGroups,
            $"make {(groups < 1e6 ? $"{groups:0}" : "over a million")} groups with fairness.intersections, and {FairnessPlan.MostGroups} are watched: name fewer or wider groups.");
    }

    private static string[] NamesOf(VersionMetadata metadata, FairnessAttribute attribute) =>
    [
        .. attribute.Groups?.Select(group => group?.Name ?? "")
            ?? FeatureOf(metadata, attribute.Feature)?.Categories?.Select(name => name ?? "") ?? [],
    ];

    private static FeatureDefinition? FeatureOf(VersionMetadata metadata, string? name) =>
        metadata.Features?.FirstOrDefault(feature => feature?.Name == name);
}
