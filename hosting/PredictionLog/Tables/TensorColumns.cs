namespace Platform.Hosting.PredictionLog.Tables;

/// <summary>The columns of a tensor whose elements have no names.</summary>
internal static class TensorColumns
{
    /// <summary>Of one element a row a column of its type, of several one of lists; a digest beside it where the log holds a sample.</summary>
    public static IEnumerable<RecordColumn> Of(RowTensor tensor, ColumnNames names, string prefix)
    {
        var name = names.Take(tensor.Tensor.Name, prefix);
        var type = tensor.TypeOf(null);
        var column = tensor.Width == 1
            ? new RecordColumn(name, type, row => tensor.Cell(row, 0))
            : new RecordColumn(name, type.List, tensor.Row);
        return DigestOf(tensor, names, prefix).Prepend(column);
    }

    /// <summary>The digest of a tensor of which the log holds a sample; nothing where it holds all.</summary>
    public static IEnumerable<RecordColumn> DigestOf(RowTensor tensor, ColumnNames names, string prefix) => tensor.IsComplete
        ? []
        : [new(names.Take($"{tensor.Tensor.Name}_digest", prefix), TableType.Text, _ => tensor.Tensor.Digest)];
}
