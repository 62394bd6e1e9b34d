using Platform.Contracts.Registry;
using Platform.Monitor.Features;
using Platform.Statistics.Metrics;
using Platform.Statistics.Performance;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Fairness;

/// <summary>Which of the two groups that a version's metadata name each row belongs to.</summary>
internal sealed class RowGroups
{
    private readonly FairnessDefinition _definition;
    private readonly FeatureValues _feature;
    private readonly FairnessGroups _rule;
    private readonly List<string?> _groups = [];
    private int _read;

    private RowGroups(FairnessDefinition definition, FeatureValues feature) =>
        (_definition, _feature, _rule) = (definition, feature, new(definition));

    /// <summary>Null unless both groups are defined by a feature that is watched.</summary>
    public static RowGroups? Of(FairnessDefinition? definition, FeatureValues[] inputs)
    {
        var feature = Array.Find(inputs, values => values.Feature.Name == definition?.Feature);
        return feature is null || definition?.Privileged is null || definition.Unprivileged is null ? null : new(definition, feature);
    }

    /// <summary>Notes the group of the row whose inputs were read last.</summary>
    public void Add()
    {
        var isKnown = _feature.Count > _read;
        _read = _feature.Count;
        _groups.Add(isKnown ? GroupOfLast() : null);
    }

    /// <summary>How the decisions fall on the groups; null where the predictions are not classes.</summary>
    public FairnessReport? Measure(IReadOnlyList<Prediction> predictions, LabelScheme labels, FairnessOptions options)
    {
        var rows = Enumerable.Range(0, predictions.Count)
            .Where(row => _groups[row] is not null && predictions[row].Class is not null).ToArray();
        if (rows.Length == 0)
            return null;

        var favourable = _definition.FavourableClass is { } named ? labels.ClassOf(named) : labels.Positive;
        return FairnessReport.Of(GroupFairness.Measure(
            Array.ConvertAll(rows, row => _groups[row]!), Array.ConvertAll(rows, row => predictions[row].Class == favourable),
            new bool?[rows.Length], FairnessGroups.Privileged, FairnessGroups.Unprivileged), options.Alpha, options.MinRows);
    }

    private string? GroupOfLast() => _feature.Feature.Kind == FeatureKind.Categorical
        ? _rule.OfCategory(_feature.Categories[^1])
        : _rule.OfNumber(_feature.Last);
}
