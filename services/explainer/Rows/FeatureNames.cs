using Platform.Contracts.Registry;
using SharedNames = Platform.Hosting.Values.FeatureNames;

namespace Platform.Explainer.Rows;

/// <summary>Names for the cells of a row, as every service has them.</summary>
internal static class FeatureNames
{
    public static IReadOnlyList<string> For(RowLayout layout, VersionMetadata metadata) =>
        [.. layout.Blocks.SelectMany((block, index) => For(block, isFirst: index == 0, metadata))];

    private static IEnumerable<string> For(InputBlock block, bool isFirst, VersionMetadata metadata) =>
        SharedNames.Of(block.Name, block.RowShape, block.Size, SharedNames.Defined(metadata, block.Name, isFirst));
}
