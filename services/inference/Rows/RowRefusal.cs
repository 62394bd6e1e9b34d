namespace Platform.Inference.Rows;

/// <summary>Why a request by feature name is refused.</summary>
/// <param name="Malformed">What is wrong with its form, a sentence; null where it has one.</param>
/// <param name="Fields">What is wrong by row and feature.</param>
internal sealed record RowRefusal(string? Malformed, IReadOnlyDictionary<string, string[]>? Fields = null);
