using System.Globalization;
using Platform.Hosting.Values;

namespace Platform.Monitor.Features;

/// <summary>A column of categories: texts, by the rule of <see cref="NameList"/> where they are listed, or in a numeric tensor indices into the list.</summary>
internal sealed class CategoryColumn(string name, IReadOnlyList<string>? categories) : Column
{
    private readonly NameList? _names = categories is null ? null : new(categories);

    public override IReadOnlyList<Feature> Features { get; } = [Feature.Category(name, categories)];

    public override void Add(double cell, ReadOnlySpan<FeatureValues> into)
    {
        if (double.IsInteger(cell) && Math.Abs(cell) < long.MaxValue)
            Add((Int128)cell, into);
        else
            into[0].Add(double.IsNaN(cell) ? null : ScalarText.Of(cell));
    }

    public override void Add(Int128 cell, ReadOnlySpan<FeatureValues> into) =>
        into[0].Add(cell >= 0 && cell < categories?.Count ? categories[(int)cell] : Beyond(cell.ToString(CultureInfo.InvariantCulture)));

    public override void Add(string? cell, ReadOnlySpan<FeatureValues> into) => into[0].Add(NameOf(cell));

    // An index beyond the list is a category that nobody has seen; it keeps its number for a name, unless that is another's.
    private string Beyond(string index) => _names?.Names.Contains(index) == true ? $"#{index}" : index;

    private string? NameOf(string? cell)
    {
        if (_names is null || cell is null)
            return MissingValue.IsEmpty(cell) ? null : cell;
        return _names.Find(cell) is { } at ? _names.Names[at] : MissingValue.IsMissing(cell) ? null : cell;
    }
}
