using Platform.Contracts.Registry;
using Platform.Statistics.Samples;

namespace Platform.Statistics.Metrics;

/// <summary>Which groups a version's metadata compare.</summary>
public sealed class FairnessPlan
{
    /// <summary>Groups of all attributes and intersections beyond which metadata are refused: each window counts and keeps every one.</summary>
    public const int MostGroups = 64;

    /// <summary>How comparing several groups may be allowed for.</summary>
    public static readonly string[] Corrections = [Correction.Holm, Correction.BenjaminiHochberg];

    private FairnessPlan(FairnessDefinition definition, bool hasPair, IReadOnlyList<AttributeGroups> attributes, IReadOnlyList<GroupSet> sets) =>
        (Definition, HasPair, Attributes, Sets) = (definition, hasPair, attributes, sets);

    public FairnessDefinition Definition { get; }

    /// <summary>The attributes, that of the privileged and the unprivileged group first where it is given.</summary>
    public IReadOnlyList<AttributeGroups> Attributes { get; }

    /// <summary>What is compared: every attribute's groups, then those of the intersections.</summary>
    public IReadOnlyList<GroupSet> Sets { get; }

    /// <summary>Whether a privileged and an unprivileged group are named.</summary>
    public bool HasPair { get; }

    /// <summary>Null where nothing is compared.</summary>
    /// <param name="definition">What the metadata say.</param>
    /// <param name="isKnown">Whether a feature's values can be seen; groups of others are left out.</param>
    /// <param name="categoriesOf">The declared categories of a feature; null where there are none.</param>
    public static FairnessPlan? Of(
        FairnessDefinition? definition, Func<string, bool> isKnown, Func<string, IReadOnlyList<string>?> categoriesOf)
    {
        if (definition is null)
            return null;

        var pair = definition is { Privileged: not null, Unprivileged: not null } && isKnown(definition.Feature)
            ? FairnessGroups.Attribute(definition)
            : null;
        var listed = (definition.Attributes ?? []).Where(attribute => isKnown(attribute.Feature))
            .Select(attribute => AttributeGroups.Of(attribute, categoriesOf(attribute.Feature))).OfType<AttributeGroups>().ToArray();
        AttributeGroups[] attributes = pair is null ? listed : [pair, .. listed];
        if (attributes.Length == 0)
            return null;

        var first = pair is null ? 0 : 1;
        var meeting = (definition.Intersections ?? [])
            .Select(features => features.Select(feature => Array.FindIndex(attributes, first, attribute => attribute.Feature == feature)).ToArray())
            .Where(places => places.Length > 1 && Array.TrueForAll(places, place => place >= 0));
        var sets = attributes.Select((_, place) => new GroupSet(attributes, [place])).Concat(meeting.Select(places => new GroupSet(attributes, places)));
        return new(definition, pair is not null, attributes, [.. sets]);
    }
}
