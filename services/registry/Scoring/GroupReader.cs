using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Statistics.Metrics;
using Platform.Statistics.Samples;

namespace Platform.Registry.Scoring;

/// <summary>Tells which group of a version's fairness definition a row belongs to.</summary>
internal sealed class GroupReader
{
    private readonly FairnessGroups _groups;
    private readonly FeatureColumn _column;

    private GroupReader(FairnessDefinition definition, FeatureColumn column) => (_groups, _column) = (new(definition), column);

    /// <summary>Null unless both groups are defined by a feature that is a column of the rows.</summary>
    public static GroupReader? Of(ModelVersionDescription version) =>
        version.Metadata.Fairness is { Privileged: not null, Unprivileged: not null } definition && FeatureColumn.Find(version, definition.Feature) is { } column
            ? new(definition, column)
            : null;

    /// <summary>The group; null where the row belongs to neither.</summary>
    public string? Read(ReferenceRow row) => _column.IsCategorical
        ? _groups.OfCategory(_column.CategoryOf(row))
        : _column.ValueOf(row) is { ValueKind: JsonValueKind.Number } number ? _groups.OfNumber(ExactNumber.Parse(number.GetRawText())) : null;
}
