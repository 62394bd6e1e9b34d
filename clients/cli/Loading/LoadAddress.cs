namespace Platform.Cli.Loading;

/// <summary>What is loaded.</summary>
/// <param name="Url">The server.</param>
/// <param name="Key">The key that it is shown; null for none.</param>
/// <param name="Model">The model.</param>
/// <param name="Version">Its version; the one that answers who names none where it is null.</param>
/// <param name="Connections">The most requests at once.</param>
internal sealed record LoadAddress(Uri Url, string? Key, string Model, string? Version, int Connections);
