using Platform.Contracts.Registry;
using Platform.Hosting.Values;
using Platform.Statistics.Samples;

namespace Platform.Statistics.Metrics;

/// <summary>The groups into which the values of one feature divide rows. A value belongs to the first group that holds it.</summary>
public sealed class AttributeGroups
{
    private readonly (GroupDefinition Definition, HashSet<string> Values)[] _groups;

    /// <param name="feature">The feature.</param>
    /// <param name="groups">Its groups by name.</param>
    /// <param name="reference">The name of the one that the others are compared with; null for the best-off one.</param>
    public AttributeGroups(string feature, IEnumerable<(string Name, GroupDefinition Group)> groups, string? reference)
    {
        var listed = groups.ToArray();
        Feature = feature;
        Names = [.. listed.Select(group => group.Name)];
        Reference = reference is null || Names.ToList().IndexOf(reference) is not (>= 0 and var at) ? null : at;
        _groups = [.. listed.Select(group => (group.Group, Normal(group.Group)))];
    }

    public string Feature { get; }

    public IReadOnlyList<string> Names { get; }

    /// <summary>Where the group is that the others are compared with; null for the best-off one.</summary>
    public int? Reference { get; }

    /// <summary>The groups of an attribute of the metadata; null where it has none, as without groups and categories.</summary>
    /// <param name="attribute">The attribute.</param>
    /// <param name="categories">The categories of its feature, where they are declared.</param>
    public static AttributeGroups? Of(FairnessAttribute attribute, IReadOnlyList<string>? categories) => attribute.Groups is { } groups
        ? new(
            attribute.Feature,
            groups.Select(group => (group.Name, new GroupDefinition { Min = group.Min, Max = group.Max, Values = group.Values })),
            attribute.Reference)
        : categories is null ? null
        : new(attribute.Feature, categories.Select(category => (category, new GroupDefinition { Values = [category] })), attribute.Reference);

    /// <summary>The place of a category's group; -1 where it belongs to none, as a missing one does.</summary>
    public int OfCategory(string? category)
    {
        if (category is null)
            return -1;
        var name = ScalarText.Normalise(category);
        return Array.FindIndex(_groups, group => group.Values.Contains(name));
    }

    /// <summary>The place of a number's group; -1 where it belongs to none.</summary>
    public int OfNumber(ExactNumber number)
    {
        var name = number.ToString();
        return Array.FindIndex(_groups, group => group.Values.Contains(name) || IsWithin(group.Definition, number.High));
    }

    private static bool IsWithin(GroupDefinition group, double number) =>
        (group.Min is not null || group.Max is not null)
        && number >= (group.Min ?? double.NegativeInfinity) && number <= (group.Max ?? double.PositiveInfinity);

    // Versions from before the registry refused it may have a null among the values, which no value is.
    private static HashSet<string> Normal(GroupDefinition group) => [.. (group.Values ?? []).OfType<string>().Select(ScalarText.Normalise)];
}
