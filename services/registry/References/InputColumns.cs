using Platform.Contracts.Registry;

namespace Platform.Registry.References;

/// <summary>The columns of one input, and the features that they are; no features where the metadata names none.</summary>
internal sealed record InputColumns(TensorSignature Tensor, IReadOnlyList<int> Columns, IReadOnlyList<FeatureDefinition> Features);
