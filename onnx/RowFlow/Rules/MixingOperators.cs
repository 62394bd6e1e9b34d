namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Operators that are known to mix rows, or to answer the same row in different ways, with what they do.</summary>
internal static class MixingOperators
{
    public static void Enter()
    {
        foreach (var name in RandomOperators.Names)
            RuleBook.Add(name, step => step.Mixes("is random"), readsSizes: true, knowsTokens: true);
        Add("NonZero", "lists places of the whole batch");
        Add("Unique", "takes the values of all rows together");
        Add("Compress", "picks elements of the whole batch");
        Add("NonMaxSuppression", "lists boxes of the whole batch");
    }

    private static void Add(string name, string why) => RuleBook.Add(name, step =>
        step.Given.All(flow => flow.Rows is null && flow.Content is not { DependsOnBatch: true })
            && step.Node.Attributes.Values.All(attribute => attribute.Graph is null)
            ? step.All(Flow.Unknown)
            : step.Mixes(why), readsSizes: true, knowsTokens: true);
}
