namespace Platform.Explainer.Wording;

/// <summary>What a rule says of one feature.</summary>
/// <param name="Feature">Its name.</param>
/// <param name="Value">The value that it equals as it reads, empty for a missing one; null where it lies between bounds, or, without any, is given.</param>
/// <param name="Above">It is larger than this.</param>
/// <param name="UpTo">It is at most this.</param>
internal sealed record Condition(string Feature, string? Value, double? Above, double? UpTo);
