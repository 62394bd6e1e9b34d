namespace Platform.Explainer;

/// <summary>Marks this program for tests that boot it alone.</summary>
public sealed class ExplainerEntry;
