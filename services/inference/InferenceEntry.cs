namespace Platform.Inference;

/// <summary>Marks this assembly for hosts and tests that need a type of it.</summary>
public sealed class InferenceEntry;
