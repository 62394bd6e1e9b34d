using Platform.Contracts.Registry;
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

    private readonly AttributeGroups _groups = Attribute(definition);

    /// <summary>The two groups as those of an attribute.</summary>
    public static AttributeGroups Attribute(FairnessDefinition definition) => new(
        definition.Feature, [(Privileged, definition.Privileged!), (Unprivileged, definition.Unprivileged!)], Privileged);

    /// <summary>The group of a category; null where it belongs to neither, as a missing one does.</summary>
    public string? OfCategory(string? category) => NameOf(_groups.OfCategory(category));

    /// <summary>The group of a number; null where it belongs to neither.</summary>
    public string? OfNumber(ExactNumber number) => NameOf(_groups.OfNumber(number));

    private string? NameOf(int group) => group < 0 ? null : _groups.Names[group];
}
