namespace Platform.Registry.References;

/// <summary>How much a reference dataset may hold.</summary>
internal sealed record ReferenceLimits(long MaxBytes, int MaxRows);
