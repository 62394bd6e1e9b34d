using Platform.Contracts.Registry;
using Platform.Explainer.Rows;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.Domains;

/// <summary>Finds out what values the features of a model have.</summary>
internal static class FeatureDomains
{
    // Whole numbers beyond are codes, whose order says nothing.
    private const double LargestWhole = 1L << 53;

    /// <param name="instances">The rows that are explained; their vocabulary grows by the names of categories.</param>
    /// <param name="background">The reference rows.</param>
    /// <param name="metadata">Says which features are categories, and which are hidden.</param>
    /// <param name="names">The features' names.</param>
    public static IReadOnlyList<FeatureDomain> Of(
        Instances instances, IReadOnlyList<double[]> background, VersionMetadata metadata, IReadOnlyList<string> names)
    {
        InputBlock[] blocks = [.. instances.Layout.Blocks.SelectMany(block => Enumerable.Repeat(block, block.Size))];
        var definitions = (metadata.Features ?? []).DistinctBy(feature => feature.Name).ToDictionary(feature => feature.Name);
        var hidden = (metadata.Logging?.Redact ?? []).Select(redacted => redacted.Feature).ToHashSet();
        return [.. names.Select((name, cell) => Of(
            instances, [.. background.Select(row => row[cell]).Where(value => !double.IsNaN(value)).Order()], cell, blocks[cell], definitions.GetValueOrDefault(name))
            with { Name = name, IsHidden = hidden.Contains(name) || hidden.Contains(blocks[cell].Name) })];
    }

    private static FeatureDomain Of(Instances instances, double[] sorted, int cell, InputBlock block, FeatureDefinition? definition)
    {
        var own = Enumerable.Range(0, instances.Count).Select(row => instances.Cells[(row * instances.Layout.Features) + cell]).Where(value => !double.IsNaN(value));
        double[] all = [.. sorted.Concat(own)];
        var isCategory = block.Datatype is Datatype.Bytes or Datatype.Bool || definition is { Kind: "categorical" } or { Categories.Count: > 0 }
            || Array.Exists(all, value => Math.Abs(value) > LargestWhole && !block.Datatype.IsFloatingPoint());
        if (isCategory)
            return new FeatureDomain { Name = "", Kind = DomainKind.Category, Sorted = sorted, Categories = Known(instances.Vocabulary, sorted, block.Datatype, definition) };
        var isWhole = !block.Datatype.IsFloatingPoint() || (all.Length > 0 && Array.TrueForAll(all, value => double.IsInteger(value) && Math.Abs(value) <= LargestWhole));
        return new FeatureDomain
        {
            Name = "",
            Kind = isWhole ? DomainKind.Whole : DomainKind.Number,
            HoldsFractions = block.Datatype.IsFloatingPoint(),
            Sorted = sorted,
            Bounds = Cells.Range(block.Datatype),
            Scale = FeatureDomain.ScaleOf(sorted),
        };
    }

    /// <summary>Those that the metadata name; where they name none, those that occur.</summary>
    private static double[] Known(CellVocabulary vocabulary, double[] sorted, Datatype datatype, FeatureDefinition? definition)
    {
        if (datatype == Datatype.Bool) return [0, 1];
        if (definition?.Categories is not { Count: > 0 } names) return [.. sorted.Distinct()];
        return datatype == Datatype.Bytes ? [.. names.Select(vocabulary.Code).Distinct().Order()] : [.. Enumerable.Range(0, names.Count).Select(at => (double)at)];
    }
}
