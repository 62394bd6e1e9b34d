namespace Platform.Hosting.OpenApi;

/// <summary>A group of routes and what it is about; register one as a singleton for each name that routes are tagged with.</summary>
/// <param name="Name">As in <c>WithTags</c>.</param>
/// <param name="Description">One sentence.</param>
public sealed record ApiTag(string Name, string Description);
