namespace Platform.Statistics.Metrics;

/// <summary>Groups that are compared with each other: those of one attribute, or those in which the groups of several meet.</summary>
public sealed class GroupSet
{
    /// <summary>Stands between the names of groups that meet.</summary>
    private const string Meet = " & ";

    private readonly int[] _attributes;
    private readonly int[] _sizes;

    /// <param name="plan">Every attribute.</param>
    /// <param name="attributes">The places of those whose groups meet; one for that attribute alone.</param>
    internal GroupSet(IReadOnlyList<AttributeGroups> plan, int[] attributes)
    {
        _attributes = attributes;
        _sizes = Array.ConvertAll(attributes, attribute => plan[attribute].Names.Count);
        Features = [.. attributes.Select(attribute => plan[attribute].Feature)];
        Names = attributes[1..].Aggregate(
            plan[attributes[0]].Names, (names, attribute) => [.. names.SelectMany(_ => plan[attribute].Names, (name, next) => name + Meet + next)]);
        Reference = Array.TrueForAll(attributes, attribute => plan[attribute].Reference is not null)
            ? Place(attribute => plan[attribute].Reference!.Value)
            : null;
    }

    /// <summary>The features that divide the groups.</summary>
    public IReadOnlyList<string> Features { get; }

    /// <summary>The groups, an earlier feature's varying slower.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The group that the others are compared with; null for the best-off one.</summary>
    public int? Reference { get; }

    /// <summary>Whether a group's name holds what stands between names, so that names of groups that meet could be mistaken for each other.</summary>
    public static bool HasMeet(string name) => $" {name} ".Contains(Meet, StringComparison.Ordinal);

    /// <summary>The place of a row's group; -1 where it belongs to none.</summary>
    /// <param name="groupOf">The place of its group by attribute; -1 for none.</param>
    public int Place(Func<int, int> groupOf)
    {
        var place = 0;
        for (var at = 0; at < _attributes.Length; at++)
        {
            var group = groupOf(_attributes[at]);
            if (group < 0)
                return -1;
            place = place * _sizes[at] + group;
        }

        return place;
    }
}
