using System.Globalization;
using Platform.Hosting.Values;

namespace Platform.Monitor.Features;

/// <summary>
/// A column of texts, watched by three numbers: length in characters, number of words, and the share of words that the
/// reference has never seen or hardly ever.
/// </summary>
internal sealed class TextColumn(string name, Vocabulary vocabulary) : Column
{
    private bool _readsReference = true;

    public override IReadOnlyList<Feature> Features { get; } =
        [Feature.Number($"{name}.length"), Feature.Number($"{name}.words"), Feature.Number($"{name}.unseenWords")];

    public override void Add(double cell, ReadOnlySpan<FeatureValues> into) =>
        Add(double.IsNaN(cell) ? null : ScalarText.Of(cell), into);

    public override void Add(Int128 cell, ReadOnlySpan<FeatureValues> into) => Add(cell.ToString(CultureInfo.InvariantCulture), into);

    public override void Add(string? cell, ReadOnlySpan<FeatureValues> into)
    {
        var isMissing = MissingValue.IsEmpty(cell);
        var (words, unseen) = isMissing ? (double.NaN, double.NaN) : vocabulary.Measure(cell!, isOfVocabulary: _readsReference);
        into[0].Add(isMissing ? double.NaN : cell!.Length);
        into[1].Add(words);
        into[2].Add(unseen);
    }

    /// <summary>From here on the cells are traffic, of which the vocabulary knows nothing.</summary>
    public void ReferenceIsRead() => _readsReference = false;
}
