using Platform.Contracts.Registry;

namespace Platform.Explainer.Rows;

/// <summary>Names for the cells of a row: the author's where the metadata has them, otherwise by input and position.</summary>
internal static class FeatureNames
{
    public static IReadOnlyList<string> For(RowLayout layout, VersionMetadata metadata) =>
        [.. layout.Blocks.SelectMany((block, index) => For(block, isFirst: index == 0, metadata))];

    private static IEnumerable<string> For(InputBlock block, bool isFirst, VersionMetadata metadata)
    {
        var named = (metadata.Features ?? [])
            .Where(feature => feature.Input is null ? isFirst : feature.Input == block.Name)
            .Select(feature => feature.Name)
            .ToList();
        if (named.Count == block.Size)
            return named;
        return block.Size == 1
            ? [block.Name]
            : Enumerable.Range(0, block.Size).Select(cell => $"{block.Name}[{Position(cell, block.RowShape)}]");
    }

    /// <summary>The indices of a flat position, for example 3,27 of 28 × 28.</summary>
    private static string Position(int cell, long[] shape)
    {
        var indices = new long[shape.Length];
        long rest = cell;
        for (var dimension = shape.Length - 1; dimension >= 0; dimension--)
            (rest, indices[dimension]) = Math.DivRem(rest, shape[dimension]);
        return string.Join(',', indices);
    }
}
