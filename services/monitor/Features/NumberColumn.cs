using Platform.Statistics.Samples;

namespace Platform.Monitor.Features;

/// <summary>A column of numbers; a text that is no number is missing.</summary>
internal sealed class NumberColumn(string name) : Column
{
    public override IReadOnlyList<Feature> Features { get; } = [Feature.Number(name)];

    public override void Add(double cell, ReadOnlySpan<FeatureValues> into) => into[0].Add(cell);

    public override void Add(Int128 cell, ReadOnlySpan<FeatureValues> into) => into[0].Add(ExactNumber.Of(cell));

    public override void Add(string? cell, ReadOnlySpan<FeatureValues> into) =>
        into[0].Add(ExactNumber.TryParse(cell, out var number) ? number : double.NaN);
}
