using Platform.Contracts.Registry;
using Platform.Onnx.Batching;
using Platform.Onnx.Isolation;
using Platform.Registry.Requests;

namespace Platform.Registry.Uploads;

/// <summary>Fairness, logging and lineage: what other services will do with a version must make sense to them.</summary>
internal static class UsageRules
{
    public static void Check(VersionMetadata metadata, ModelSignature signature, FieldProblems problems)
    {
        if (metadata.Fairness is { } fairness) new FairnessRules(metadata, fairness, signature, problems).Check();
        if (metadata.Logging is { } logging) CheckLogging(metadata, logging, problems);
        problems.Require("serving.rows", metadata.Serving?.Rows is not { } rows || RowPolicies.All.Contains(rows),
            $"must be one of {string.Join(", ", RowPolicies.All)}.");
        problems.Require("serving.isolation", metadata.Serving?.Isolation is not { } isolation || IsolationNames.All.Contains(isolation),
            $"must be one of {string.Join(", ", IsolationNames.All)}.");
        problems.CheckText("lineage.run", metadata.Lineage?.Run);
        problems.CheckText("lineage.dataset.source", metadata.Lineage?.Dataset?.Source);
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

    public static bool IsFeature(VersionMetadata metadata, string? name) =>
        !string.IsNullOrEmpty(name) && (metadata.Features is null || metadata.Features.Any(feature => feature?.Name == name));
}
