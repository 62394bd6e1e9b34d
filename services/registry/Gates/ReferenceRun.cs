using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;
using Platform.Registry.Sessions;

namespace Platform.Registry.Gates;

/// <summary>Runs a version's reference rows through its model and writes down the answers.</summary>
internal sealed class ReferenceRun(
    ModelSession session, Contracts.Registry.ModelSignature signature, PredictionLines predictions, int batchSize)
{
    private readonly ReferenceAnswers _answers = new();
    private readonly List<ReferenceRow> _batch = [];
    private int _batchSize = signature.Inputs.All(RowShape.HasBatch) ? batchSize : 1;
    private int _done;

    /// <summary>Runs JSON lines of <see cref="ReferenceRow"/>. Throws <see cref="OperationCanceledException"/> when it is stopped.</summary>
    public ReferenceAnswers Run(string rowsPath, CancellationToken cancellationToken)
    {
        foreach (var line in File.ReadLines(rowsPath))
        {
            var row = JsonSerializer.Deserialize<ReferenceRow>(line, PlatformJson.Tolerant)!;
            if (_batch.Count >= _batchSize || (_batch is [var first, ..] && !CanShare(first, row))) AnswerBatch(cancellationToken);
            if (ReferenceBatch.CanAsk(row, signature)) _batch.Add(row);
            else Skip(cancellationToken);
        }
        AnswerBatch(cancellationToken);
        return _answers;
    }

    /// <summary>Whether a row may be asked together with those that wait; one with gaps is asked alone, as when it serves.</summary>
    private bool CanShare(ReferenceRow waiting, ReferenceRow row) => ReferenceBatch.Alike(waiting, row, signature)
        && ReferenceBatch.IsFinite(waiting, signature) && ReferenceBatch.IsFinite(row, signature);

    private void Skip(CancellationToken cancellationToken)
    {
        AnswerBatch(cancellationToken); // lines stay in the order of the rows
        predictions.WriteNone();
        _answers.Skipped++;
        _done++;
    }

    private void AnswerBatch(CancellationToken cancellationToken)
    {
        if (_batch.Count == 0) return;
        cancellationToken.ThrowIfCancellationRequested();
        if (TryEvaluate(_batch, cancellationToken) is { } outputs) Write(outputs, _batch.Count);
        else foreach (var row in _batch) AnswerAlone(row, cancellationToken);
        _batch.Clear();
    }

    private void AnswerAlone(ReferenceRow row, CancellationToken cancellationToken)
    {
        _batchSize = 1; // this model's answers do not lie row by row, or one row spoils a whole call
        try
        {
            Write(session.Evaluate(ReferenceBatch.Tensors([row], signature), cancellationToken), rows: 1);
        }
        catch (ModelRunException exception)
        {
            _done++;
            Note($"Row {_done} cannot be answered: {exception.Message}");
        }
    }

    /// <summary>The outputs, or null when the rows must be asked one by one.</summary>
    private IReadOnlyDictionary<string, Tensor>? TryEvaluate(List<ReferenceRow> rows, CancellationToken cancellationToken)
    {
        if (_batchSize == 1) return null;
        try
        {
            var outputs = session.Evaluate(ReferenceBatch.Tensors(rows, signature), cancellationToken);
            return rows.Count == 1 || outputs.Values.All(output => output.Shape is [var first, ..] && first == rows.Count) ? outputs : null;
        }
        catch (ModelRunException)
        {
            return null; // asked one by one, the rows at fault can be named
        }
    }

    private void Write(IReadOnlyDictionary<string, Tensor> outputs, int rows)
    {
        var numbers = outputs.Where(output => output.Value.Datatype.IsFloatingPoint())
            .ToDictionary(output => output.Key, output => output.Value.ToDoubles());
        for (var row = 0; row < rows; row++)
        {
            _done++;
            if (numbers.FirstOrDefault(output => !IsFinite(output.Value, row, rows)).Key is { } name)
                Note($"Row {_done}: the output '{name}' holds NaN or an infinite number.");
            else
                _answers.Answered++;
            if (_answers.Problem is null) predictions.Write(outputs, row, rows);
        }
    }

    private void Note(string problem) => _answers.Problem ??= problem;

    private static bool IsFinite(double[] numbers, int row, int rows)
    {
        var width = numbers.Length / rows;
        foreach (var number in numbers.AsSpan(row * width, width))
            if (!double.IsFinite(number)) return false;
        return true;
    }
}
