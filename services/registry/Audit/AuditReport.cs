namespace Platform.Registry.Audit;

/// <summary>Whether the histories are those that were recorded.</summary>
/// <param name="Valid">Whether every entry that has a hash is as it was recorded and in its place, and none is missing.</param>
/// <param name="Models">Models whose histories were looked at, deleted ones included.</param>
/// <param name="Entries">Entries that were looked at.</param>
/// <param name="Unhashed">Of them, those from before there were hashes: nothing is proved of them. Each chain starts behind them.</param>
/// <param name="FirstBad">The first entry that is not as it was recorded, in the order of models and entries; null where there is none.</param>
internal sealed record AuditReport(bool Valid, int Models, long Entries, long Unhashed, BadEntry? FirstBad);

/// <summary>An entry that is not as it was recorded.</summary>
/// <param name="Model">Of which model.</param>
/// <param name="Sequence">Its place in the history, from 1.</param>
/// <param name="Problem">What is wrong, for a person.</param>
internal sealed record BadEntry(string Model, int Sequence, string Problem);
