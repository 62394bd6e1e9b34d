namespace Platform.Onnx.RowFlow;

/// <summary>The operator that keeps rows from sharing a run.</summary>
/// <param name="Operator">Its name, with its domain where that is not the default one.</param>
/// <param name="Node">The name of this use of it, or of what it makes where it has none.</param>
/// <param name="Why">What it does to rows: the rest of a sentence that begins with the operator.</param>
public sealed record RowMixing(string Operator, string Node, string Why)
{
    public override string ToString() => Node.Length > 0 ? $"{Operator} ('{Node}') {Why}" : $"{Operator} {Why}";
}
