using Platform.Contracts.Registry;

namespace Platform.Registry.References;

/// <summary>Which features fill which input.</summary>
internal static class InputFeatures
{
    /// <summary>The features of an input: those that name it and, for the first input, those that name none.</summary>
    public static IReadOnlyList<FeatureDefinition> Of(
        IReadOnlyList<FeatureDefinition>? features, TensorSignature input, ModelSignature signature) =>
        [.. (features ?? []).Where(feature => InputOf(feature, signature)?.Name == input.Name)];

    /// <summary>The input that a feature fills; null where the model has none of the name that it gives.</summary>
    public static TensorSignature? InputOf(FeatureDefinition feature, ModelSignature signature) =>
        signature.Inputs.FirstOrDefault(input => feature.Input is null || input.Name == feature.Input);
}
