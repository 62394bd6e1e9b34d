using Platform.Contracts.Registry;
using Platform.Onnx.Batching;
using Platform.Onnx.Isolation;
using Platform.Registry.Requests;

namespace Platform.Registry.Uploads;

/// <summary>Fairness, logging and lineage: what other services will do with a version must make sense to them.</summary>
internal static class UsageRules
{
    public static void Check(VersionMetadata metadata, FieldProblems problems)
    {
        if (metadata.Fairness is { } fairness) CheckFairness(metadata, fairness, problems);
        if (metadata.Logging is { } logging) CheckLogging(metadata, logging, problems);
        problems.Require("serving.rows", metadata.Serving?.Rows is not { } rows || RowPolicies.All.Contains(rows),
            $"must be one of {string.Join(", ", RowPolicies.All)}.");
        problems.Require("serving.isolation", metadata.Serving?.Isolation is not { } isolation || IsolationNames.All.Contains(isolation),
            $"must be one of {string.Join(", ", IsolationNames.All)}.");
        problems.CheckText("lineage.run", metadata.Lineage?.Run);
        problems.CheckText("lineage.dataset.source", metadata.Lineage?.Dataset?.Source);
    }

    private static void CheckFairness(VersionMetadata metadata, FairnessDefinition fairness, FieldProblems problems)
    {
        problems.Require("fairness.feature", IsFeature(metadata, fairness.Feature), "must be the name of a feature.");
        var kind = metadata.Features?.FirstOrDefault(feature => feature?.Name == fairness.Feature)?.Kind;
        problems.Require("fairness.feature", metadata.Logging?.Redact?.Any(redaction => redaction?.Feature == fairness.Feature) != true,
            "must not be hidden by logging.redact: its groups could not be told apart.");
        problems.Require("fairness.feature", kind != "text", "must not be a feature of text, which makes no groups.");
        CheckGroup("fairness.privileged", fairness.Privileged, kind, problems);
        CheckGroup("fairness.unprivileged", fairness.Unprivileged, kind, problems);
        problems.Require("fairness.favourableClass",
            fairness.FavourableClass is not { } favourable || metadata.Classes is not { } classes || MetadataRules.AreNamed(classes, favourable),
            "must be one of the classes.");
    }

    private static void CheckGroup(string field, GroupDefinition? group, string? kind, FieldProblems problems)
    {
        problems.Require(field, kind != "categorical" || group is { Values.Count: > 0 }, "needs values: the feature is categorical.");
        problems.Require(field, group is { Min: not null } or { Max: not null } or { Values.Count: > 0 }, "needs min, max or values.");
        problems.Require(field, group is not { Min: { } min, Max: { } max } || min <= max, "has a min above its max.");
    }

    private static void CheckLogging(VersionMetadata metadata, LoggingPolicy logging, FieldProblems problems)
    {
        problems.Require("logging.sample", logging.Sample is null or (>= 0 and <= 1), "must be 0 to 1.");
        problems.Require("logging.durability", logging.Durability is null or "interval" or "synchronous", "must be interval or synchronous.");
        for (var i = 0; i < (logging.Redact?.Count ?? 0); i++)
        {
            var redaction = logging.Redact![i];
            problems.Require($"logging.redact[{i}]", IsFeature(metadata, redaction?.Feature), "must name a feature.");
            problems.Require($"logging.redact[{i}].as", redaction?.As is "drop" or "hash", "must be drop or hash.");
        }
    }

    private static bool IsFeature(VersionMetadata metadata, string? name) =>
        !string.IsNullOrEmpty(name) && (metadata.Features is null || metadata.Features.Any(feature => feature?.Name == name));
}
