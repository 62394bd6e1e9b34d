using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Models;

/// <summary>What the first runs of a version showed.</summary>
/// <param name="CanShare">Whether rows give the same answers together as alone.</param>
/// <param name="RowMicros">Median time of a run of one row, in microseconds; 0 when there was nothing to run.</param>
internal sealed record WarmUpResult(bool CanShare, double RowMicros);

/// <summary>
/// Runs a version before it serves: memory is laid out and code paths are warm when the first caller comes, and rows of
/// different callers are only put together where that has been seen to change nothing.
/// </summary>
internal static class WarmUp
{
    private const int Repetitions = 5;

    /// <param name="session">The version.</param>
    /// <param name="rows">Rows to run, each with a first dimension of 1; reference rows, or made up.</param>
    /// <param name="cancellationToken">Ends a run that takes too long.</param>
    /// <exception cref="ModelRunException">The version cannot be run on its own rows.</exception>
    public static WarmUpResult Run(
        ModelSession session, IReadOnlyList<IReadOnlyDictionary<string, Tensor>> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0) return new WarmUpResult(CanShare: false, RowMicros: 0);
        var alone = rows.Select(row => session.Evaluate(row, cancellationToken)).ToArray();
        var canShare = BatchDimension.IsDeclared(session.Signature) && AnswersAgree(session, rows, alone, cancellationToken);
        return new WarmUpResult(canShare, Measure(session, rows[0], cancellationToken));
    }

    private static bool AnswersAgree(ModelSession session, IReadOnlyList<IReadOnlyDictionary<string, Tensor>> rows,
        IReadOnlyDictionary<string, Tensor>[] alone, CancellationToken cancellationToken)
    {
        try
        {
            // Every row twice and out of order: an answer that depends on the neighbours or on the number of rows shows.
            int[] order = [.. Enumerable.Range(0, rows.Count).Reverse(), .. Enumerable.Range(0, rows.Count)];
            var together = session.Evaluate(BatchDimension.Join([.. order.Select(i => rows[i])]), cancellationToken);
            return order.Select((row, place) => (row, place))
                .All(pair => BatchDimension.RowEquals(together, order.Length, pair.place, alone[pair.row]));
        }
        catch (Exception exception) when (exception is ModelRunException or ArgumentException)
        {
            return false;
        }
    }

    private static double Measure(ModelSession session, IReadOnlyDictionary<string, Tensor> row, CancellationToken cancellationToken)
    {
        var times = new double[Repetitions];
        for (var i = 0; i < Repetitions; i++)
        {
            var started = TimeProvider.System.GetTimestamp();
            session.Evaluate(row, cancellationToken);
            times[i] = TimeProvider.System.GetElapsedTime(started).TotalMicroseconds;
        }

        Array.Sort(times);
        return times[Repetitions / 2];
    }
}
