namespace Platform.Registry.Approvals;

/// <summary>That a person finds a version fit to serve.</summary>
/// <param name="By">Who.</param>
/// <param name="At">When (UTC).</param>
/// <param name="Reason">Why, in the person's words.</param>
internal sealed record Approval(string By, DateTimeOffset At, string? Reason);
