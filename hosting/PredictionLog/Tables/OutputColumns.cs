using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Hosting.Values;

namespace Platform.Hosting.PredictionLog.Tables;

/// <summary>The columns of a version's answers: a score for each class by its name, what was decided, and all other outputs.</summary>
internal sealed class OutputColumns
{
    private const string Output = "output";

    private readonly TensorSignature? _decisive;
    private readonly OutputMeaning? _meaning;
    private readonly OutputKind _kind = OutputKind.Opaque;

    public OutputColumns(ModelVersionDescription? version)
    {
        if (version is null)
            return;
        _decisive = OutputMeaning.OutputOf(version.Metadata, version.Signature.Outputs);
        _meaning = new OutputMeaning(version.Metadata, _decisive);
        _kind = _decisive is null ? OutputKind.Opaque : _meaning.KindOf(_decisive);
    }

    /// <summary>The class that was decided for, the score that decided, and the value of a version whose answers are numbers.</summary>
    public IEnumerable<RecordColumn> Decisions(IReadOnlyList<RowTensor> outputs)
    {
        var output = outputs.FirstOrDefault(tensor => tensor.Tensor.Name == _decisive?.Name && tensor is { IsComplete: true, Width: > 0 });
        yield return new("class", TableType.Text, row => output is null ? null : ClassOf(output, row));
        yield return new("score", TableType.Number, row => output is null || Decided(output, row) is not var (_, score) || double.IsNaN(score) ? null : score);
        yield return new("value", TableType.Number, row => output is not null && _kind == OutputKind.Number ? output.Cell(row, 0) : null);
    }

    public IEnumerable<RecordColumn> Of(RowTensor output, ColumnNames names)
    {
        var isScores = output.Tensor.Name == _decisive?.Name && _kind is OutputKind.TwoScores or OutputKind.Scores;
        if (!isScores || output.Width < 2 || output.Width != _meaning!.Classes?.Count)
            return TensorColumns.Of(output, names, Output);
        var type = TableType.Of(output.Tensor.Datatype);
        var scores = Enumerable.Range(0, output.Width).Select(place => new RecordColumn(
            names.Take($"{output.Tensor.Name}_{_meaning.ClassAt(place)}", Output), type, row => output.Cell(row, place)));
        return scores.Concat(TensorColumns.DigestOf(output, names, Output));
    }

    private string? ClassOf(RowTensor output, int row)
    {
        if (_kind == OutputKind.Class)
            return TableType.Text.Read(output.Cell(row, 0)) is string { Length: > 0 } answer ? _meaning!.ClassOf(answer) : null;
        return Decided(output, row) is var (place, _) && place >= 0 ? _meaning!.ClassAt(place) : null;
    }

    private (int Place, double Score)? Decided(RowTensor output, int row) => _kind is OutputKind.TwoScores or OutputKind.Scores
        ? _meaning!.Decide([.. output.Row(row)!.Select(cell => cell.ValueKind == JsonValueKind.Number ? cell.GetDouble() : double.NaN)])
        : null;
}
