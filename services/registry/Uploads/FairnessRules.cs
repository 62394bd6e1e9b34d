using Platform.Contracts.Registry;
using Platform.Hosting.Values;
using Platform.Registry.References;
using Platform.Registry.Requests;
using Platform.Statistics.Metrics;

namespace Platform.Registry.Uploads;

/// <summary>Which groups are compared: each must be one that the monitor can tell apart, and there may not be too many.</summary>
internal sealed class FairnessRules(VersionMetadata metadata, FairnessDefinition fairness, ModelSignature signature, FieldProblems problems)
{
    private const int MostNameCharacters = 100;
    private const int MostRows = 1_000_000;

    private bool HasPair => fairness is { Privileged: not null, Unprivileged: not null };

    public void Check()
    {
        if (fairness.Attributes is not { Count: > 0 } || fairness is not { Feature: "", Privileged: null, Unprivileged: null })
            CheckPair();
        problems.Require("fairness.favourableClass",
            fairness.FavourableClass is not { } favourable || metadata.Classes is not { } classes || MetadataRules.AreNamed(classes, favourable),
            "must be one of the classes.");
        problems.Require("fairness.minSupport", fairness.MinSupport is null or (>= 2 and <= MostRows), $"must be 2 to {MostRows}.");
        problems.Require("fairness.correction", fairness.Correction is null || FairnessPlan.Corrections.Contains(fairness.Correction),
            $"must be one of {string.Join(", ", FairnessPlan.Corrections)}.");
        if (IsLong()) return;
        for (var at = 0; at < (fairness.Attributes?.Count ?? 0); at++)
            CheckAttribute($"fairness.attributes[{at}]", at);
        CheckIntersections();
        CheckSize();
    }

    // What follows looks at every pair of them.
    private bool IsLong()
    {
        (string Field, int? Count)[] lists =
        [
            ("fairness.attributes", fairness.Attributes?.Count), ("fairness.intersections", fairness.Intersections?.Count),
            ("fairness.intersections", fairness.Intersections?.Max(features => features?.Count)),
        ];
        foreach (var (field, _) in lists.Where(IsTooLong)) problems.Add(field, $"must be at most {FairnessPlan.MostGroups}.");
        return lists.Any(IsTooLong);

        static bool IsTooLong((string Field, int? Count) list) => list.Count > FairnessPlan.MostGroups;
    }

    private void CheckPair()
    {
        CheckFeature("fairness.feature", fairness.Feature);
        CheckGroup("fairness.privileged", fairness.Privileged, fairness.Feature);
        CheckGroup("fairness.unprivileged", fairness.Unprivileged, fairness.Feature);
    }

    private void CheckFeature(string field, string? feature)
    {
        var input = InputOf(feature)?.Name;
        problems.Require(field, UsageRules.IsFeature(metadata, feature), "must be the name of a feature.");
        problems.Require(field, metadata.Logging?.Redact?.Any(hidden => hidden?.Feature is { } name && (name == feature || name == input)) != true,
            "must not be hidden by logging.redact, neither itself nor with its whole input: its groups could not be told apart.");
        problems.Require(field, FeatureOf(feature)?.Kind != "text", "must not be a feature of text, which makes no groups.");
    }

    private void CheckGroup(string field, GroupDefinition? group, string? feature)
    {
        var (isCategorical, isText) = (FeatureOf(feature)?.Kind == "categorical", InputOf(feature)?.Datatype == "BYTES");
        problems.Require(field, !(isCategorical || isText) || group is { Values.Count: > 0 },
            $"needs values: the feature is {(isCategorical ? "categorical" : "text")}.");
        problems.Require(field, group is { Min: not null } or { Max: not null } or { Values.Count: > 0 }, "needs min, max or values.");
        problems.Require(field, double.IsFinite(group?.Min ?? 0) && double.IsFinite(group?.Max ?? 0),
            "has a min or a max that is not finite: leave out the one that is no bound.");
        problems.Require(field, group is not { Min: { } min, Max: { } max } || min <= max, "has a min above its max.");
        if (group?.Values is not { } values) return;
        problems.Require(field, values.All(value => !string.IsNullOrEmpty(value)), "has a value that is null or empty.");
        CheckValues(field, values.Where(value => !string.IsNullOrEmpty(value)), feature);
    }

    // A value that the monitor never sees makes a group that is always empty.
    private void CheckValues(string field, IEnumerable<string> values, string? feature)
    {
        if (FeatureOf(feature) is { Kind: "categorical", Categories: { } categories })
        {
            var known = categories.OfType<string>().Select(ScalarText.Normalise).ToHashSet(StringComparer.Ordinal);
            if (values.FirstOrDefault(value => !known.Contains(ScalarText.Normalise(value))) is { } strange)
                problems.Add(field, $"has the value '{strange}', which is none of the feature's categories.");
        }
        else if (FeatureOf(feature)?.Kind != "categorical" && InputOf(feature) is { Datatype: not "BYTES" }
            && values.FirstOrDefault(value => !ScalarText.IsBoolean(value) && !ScalarText.TryNormaliseNumber(value, out _)) is { } word)
        {
            problems.Add(field, $"has the value '{word}', which is no number as the feature's values are.");
        }
    }

    private void CheckAttribute(string field, int at)
    {
        if (fairness.Attributes![at] is not { } attribute)
        {
            problems.Add(field, "must name a feature.");
            return;
        }

        CheckFeature($"{field}.feature", attribute.Feature);
        problems.Require($"{field}.feature", fairness.Attributes.Take(at).All(before => before?.Feature != attribute.Feature),
            "is listed before: give all of its groups in one place.");
        if (attribute.Groups is null)
            problems.Require($"{field}.groups", FeatureOf(attribute.Feature)?.Categories is not null,
                "are needed, each with a name and min, max or values: the feature has no list of categories to take them from.");
        for (var group = 0; group < (attribute.Groups?.Count ?? 0); group++)
            CheckNamed($"{field}.groups[{group}]", attribute.Groups![group], attribute.Feature);
        CheckNames(field, attribute, NamesOf(attribute));
    }

    private void CheckNamed(string field, FairnessGroup? group, string? feature)
    {
        problems.Require($"{field}.name", group?.Name is { Length: > 0 and <= MostNameCharacters }, $"must be 1 to {MostNameCharacters} characters long.");
        CheckGroup(field, group is null ? null : new() { Min = group.Min, Max = group.Max, Values = group.Values }, feature);
    }

    private void CheckNames(string field, FairnessAttribute attribute, string[] names)
    {
        problems.Require($"{field}.groups", names.Length != 1 && attribute.Groups is not { Count: 0 },
            "must be two or more, so that there is something to compare.");
        problems.Require($"{field}.groups", names.Distinct(StringComparer.Ordinal).Count() == names.Length, "must have names that differ from each other.");
        problems.Require($"{field}.groups",
            !HasPair || attribute.Feature != fairness.Feature || !names.Any(name => name is FairnessGroups.Privileged or FairnessGroups.Unprivileged),
            "must not be called privileged or unprivileged, as the two groups of the same feature are.");
        problems.Require($"{field}.reference", attribute.Reference is null || names.Contains(attribute.Reference), "must be the name of one of the groups.");
    }

    private void CheckIntersections()
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
            problems.Require(field, !(fairness.Attributes ?? []).OfType<FairnessAttribute>().Where(attribute => features.Contains(attribute.Feature))
                .SelectMany(NamesOf).Any(GroupSet.HasMeet),
                "has a group with '&' for a word of its name, which stands between the names of groups that meet: give the groups other names.");
        }
    }

    private void CheckSize()
    {
        var sizes = (fairness.Attributes ?? []).OfType<FairnessAttribute>().GroupBy(attribute => attribute.Feature ?? "")
            .ToDictionary(same => same.Key, same => (double)NamesOf(same.First()).Length, StringComparer.Ordinal);
        var pair = HasPair ? 2 : 0;
        var groups = pair + sizes.Values.Sum() + (fairness.Intersections ?? []).Sum(features =>
            (features ?? []).Aggregate(1.0, (product, feature) => product * sizes.GetValueOrDefault(feature ?? "", 1)));
        problems.Require("fairness.attributes", groups <= FairnessPlan.MostGroups,
            $"make {(groups < 1e6 ? $"{groups:0}" : "over a million")} groups with fairness.intersections, and {FairnessPlan.MostGroups} are watched: name fewer or wider groups.");
    }

    private string[] NamesOf(FairnessAttribute attribute) =>
    [
        .. attribute.Groups?.Select(group => group?.Name ?? "")
            ?? FeatureOf(attribute.Feature)?.Categories?.Select(name => name ?? "") ?? [],
    ];

    private FeatureDefinition? FeatureOf(string? name) => metadata.Features?.FirstOrDefault(feature => feature?.Name == name);

    // A column without a name of its own is called by its input's, followed by its place where there are several.
    private TensorSignature? InputOf(string? feature) => metadata.Features is null
        ? signature.Inputs.FirstOrDefault(input => feature == input.Name || feature?.StartsWith($"{input.Name}[", StringComparison.Ordinal) == true)
        : FeatureOf(feature) is { } defined ? InputFeatures.InputOf(defined, signature) : null;
}
