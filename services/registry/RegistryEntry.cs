namespace Platform.Registry;

/// <summary>Names this assembly to test hosts, where several services each have a <c>Program</c>.</summary>
public sealed class RegistryEntry;
