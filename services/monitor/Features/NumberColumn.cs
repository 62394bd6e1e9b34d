using System.Globalization;

namespace Platform.Monitor.Features;

/// <summary>A column of numbers; a text that is no number is missing.</summary>
internal sealed class NumberColumn : Column
{
    private readonly NumberOrigin _origin = new();

    public NumberColumn(string name) => Features = [Feature.Number(name) with { Origin = _origin }];

    public override IReadOnlyList<Feature> Features { get; }

    public override void Add(double cell, ReadOnlySpan<FeatureValues> into) => into[0].Add(cell);

    public override void Add(Int128 cell, ReadOnlySpan<FeatureValues> into) => into[0].Add(_origin.DistanceTo(cell));

    public override void Add(string? cell, ReadOnlySpan<FeatureValues> into) =>
        into[0].Add(double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : double.NaN);
}
