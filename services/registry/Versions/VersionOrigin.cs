namespace Platform.Registry.Versions;

/// <summary>Where a version came from, in the words of the client that registered it.</summary>
/// <param name="Source">The URI that it named.</param>
/// <param name="Location">The URI under which the artifacts are; null where nobody knows.</param>
/// <param name="RunId">The run that made it.</param>
/// <param name="RunLink">A page about that run.</param>
/// <param name="ModelId">The logged model that it was made of.</param>
internal sealed record VersionOrigin(string Source, string? Location, string? RunId, string? RunLink, string? ModelId);
