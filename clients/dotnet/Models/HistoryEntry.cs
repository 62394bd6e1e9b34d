namespace Platform.Client.Models;

/// <summary>Something that was done to a model.</summary>
/// <param name="Action">promoted, rolled_back, …</param>
/// <param name="Version">The version; null where it is about none.</param>
/// <param name="Alias">The alias; null where it is about none.</param>
/// <param name="PreviousVersion">What the alias named before.</param>
/// <param name="At">When.</param>
/// <param name="By">By whom.</param>
/// <param name="Reason">Why; null where nobody said.</param>
public sealed record HistoryEntry(string Action, string? Version, string? Alias, string? PreviousVersion, DateTimeOffset At, string? By, string? Reason);
