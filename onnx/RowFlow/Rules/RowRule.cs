namespace Platform.Onnx.RowFlow.Rules;

/// <summary>What an operator does to the rows in its inputs.</summary>
/// <param name="Apply">From what is known of the inputs to what is known of the outputs.</param>
/// <param name="ReadsSizes">Whether the rule knows what to do with an input that holds the size of the batch.</param>
/// <param name="KnowsTokens">Whether the rule knows what to do with rows that are filled up to the longest of the batch.</param>
internal sealed record RowRule(Func<Step, Flow[]> Apply, bool ReadsSizes = false, bool KnowsTokens = false);
