using Platform.Monitor.Features;
using Platform.Statistics.Metrics;
using Platform.Statistics.Samples;

namespace Platform.Monitor.Fairness;

/// <summary>Which groups each row of a window belongs to.</summary>
internal sealed class RowGroups
{
    /// <summary>Stands for no group.</summary>
    public const byte None = byte.MaxValue;

    private readonly (FeatureValues Values, AttributeGroups Groups, List<byte> Column)[] _attributes;
    private readonly int[] _read;

    private RowGroups(FairnessPlan plan, FeatureValues[] inputs)
    {
        _attributes = [.. plan.Attributes.Select(attribute => (inputs.First(values => values.Feature.Name == attribute.Feature), attribute, new List<byte>()))];
        _read = new int[_attributes.Length];
    }

    /// <summary>By attribute of the plan, the place of each row's group; <see cref="None"/> for none.</summary>
    public byte[][] Columns => Array.ConvertAll(_attributes, attribute => attribute.Column.ToArray());

    /// <summary>Null where nothing is compared.</summary>
    public static RowGroups? Of(FairnessPlan? plan, FeatureValues[] inputs) => plan is null ? null : new(plan, inputs);

    /// <summary>Notes the groups of the row whose inputs were read last.</summary>
    public void Add()
    {
        for (var at = 0; at < _attributes.Length; at++)
        {
            var (values, groups, column) = _attributes[at];
            var group = values.Count > _read[at] ? OfLast(values, groups) : -1;
            _read[at] = values.Count;
            column.Add(group < 0 ? None : (byte)group);
        }
    }

    private static int OfLast(FeatureValues values, AttributeGroups groups) => values.Feature.Kind == FeatureKind.Categorical
        ? groups.OfCategory(values.Categories[^1])
        : groups.OfNumber(values.Last);
}
