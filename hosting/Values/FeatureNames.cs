using Platform.Contracts.Registry;

namespace Platform.Hosting.Values;

/// <summary>Names for the cells of an input's row: the author's where the metadata has them, otherwise by input and position.</summary>
public static class FeatureNames
{
    /// <summary>The features that the metadata names of an input: those that say so and, of the first input, those that name none.</summary>
    public static IReadOnlyList<FeatureDefinition> Defined(VersionMetadata metadata, string input, bool isFirst) =>
        [.. (metadata.Features ?? []).Where(feature => feature.Input is null ? isFirst : feature.Input == input)];

    /// <summary>A name for each cell.</summary>
    /// <param name="input">The input's name.</param>
    /// <param name="rowShape">The shape of a row, every dimension known.</param>
    /// <param name="size">Cells of a row.</param>
    /// <param name="defined">What <see cref="Defined"/> says; counts only where it names every cell.</param>
    public static IEnumerable<string> Of(string input, IReadOnlyList<long> rowShape, int size, IReadOnlyList<FeatureDefinition> defined)
    {
        if (defined.Count == size)
            return defined.Select(feature => feature.Name);
        return size == 1 ? [input] : Enumerable.Range(0, size).Select(cell => $"{input}[{Position(cell, rowShape)}]");
    }

    /// <summary>The indices of a flat position, for example 3,27 of 28 × 28.</summary>
    private static string Position(int cell, IReadOnlyList<long> shape)
    {
        var indices = new long[shape.Count];
        long rest = cell;
        for (var dimension = shape.Count - 1; dimension >= 0; dimension--)
            (rest, indices[dimension]) = Math.DivRem(rest, shape[dimension]);
        return string.Join(',', indices);
    }
}
