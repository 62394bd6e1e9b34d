using System.Globalization;

namespace Platform.Monitor.Features;

/// <summary>A column of categories: texts, or in a numeric tensor indices into the list of categories.</summary>
internal sealed class CategoryColumn(string name, IReadOnlyList<string>? categories) : Column
{
    public override IReadOnlyList<Feature> Features { get; } = [Feature.Category(name, categories)];

    public override void Add(double cell, ReadOnlySpan<FeatureValues> into) => into[0].Add(double.IsNaN(cell) ? null : NameOf(cell));

    public override void Add(string? cell, ReadOnlySpan<FeatureValues> into) => into[0].Add(cell);

    // An index beyond the list is a category that nobody has seen; it keeps its number for a name.
    private string NameOf(double cell) => categories is not null && cell >= 0 && cell < categories.Count && cell == Math.Floor(cell)
        ? categories[(int)cell]
        : cell.ToString("R", CultureInfo.InvariantCulture);
}
