using Platform.Contracts.Registry;
using Platform.Hosting.Values;

namespace Platform.Registry.References;

/// <summary>The columns of one input, and the features that they are; no features where the metadata names none.</summary>
internal sealed record InputColumns(TensorSignature Tensor, IReadOnlyList<int> Columns, IReadOnlyList<FeatureDefinition> Features)
{
    /// <summary>Feature for feature the categories; null where anything goes.</summary>
    public IReadOnlyList<NameList?> Categories { get; } =
        [.. Features.Select(feature => feature.Categories is { } names ? new NameList(names) : null)];
}
