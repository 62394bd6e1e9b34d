namespace Platform.Client.Monitoring;

/// <summary>Something about a version that somebody should look at.</summary>
/// <param name="Id">The alert's id.</param>
/// <param name="RuleId">The rule that it broke.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Version">The version's number.</param>
/// <param name="State">active, acknowledged, silenced or resolved.</param>
/// <param name="Severity">warning or critical.</param>
/// <param name="Summary">What is wrong, in a sentence.</param>
/// <param name="Metric">What was measured.</param>
/// <param name="RaisedAt">When it was raised.</param>
/// <param name="ResolvedAt">When it was resolved; null before.</param>
public sealed record Alert(string Id, string RuleId, string Model, string Version, string State, string Severity, string Summary, string Metric,
    DateTimeOffset RaisedAt, DateTimeOffset? ResolvedAt);
