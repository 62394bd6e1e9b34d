using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Models;

/// <summary>What the first runs of a version showed.</summary>
/// <param name="CanShare">Whether rows give the same answers together as alone.</param>
/// <param name="BatchSize">Rows of different requests that are worth running together; 1 where they may not.</param>
internal sealed record WarmUpResult(bool CanShare, int BatchSize);

/// <summary>
/// Runs a version before it serves: memory is laid out and code paths are warm when the first caller comes, and rows of
/// different callers are only put together where that has been seen to change nothing.
/// </summary>
internal static class WarmUp
{
    private const double FarOff = 1000;

    /// <param name="session">The version.</param>
    /// <param name="rows">Rows to run, each with a first dimension of 1; reference rows, or made up.</param>
    /// <param name="cancellationToken">Ends a run that takes too long.</param>
    /// <exception cref="ModelRunException">The version cannot be run on its own rows.</exception>
    public static WarmUpResult Run(
        ModelSession session, IReadOnlyList<IReadOnlyDictionary<string, Tensor>> rows, CancellationToken cancellationToken)
    {
        if (rows.Count == 0) return new WarmUpResult(CanShare: false, BatchSize: 1);
        var alone = rows.Select(row => session.Evaluate(row, cancellationToken)).ToArray();
        var canShare = BatchDimension.IsDeclared(session.Signature) && AnswersAgree(session, rows, alone, cancellationToken);
        return new WarmUpResult(canShare, canShare ? BatchSizing.Measure(session, rows, cancellationToken) : 1);
    }

    private static bool AnswersAgree(ModelSession session, IReadOnlyList<IReadOnlyDictionary<string, Tensor>> rows,
        IReadOnlyDictionary<string, Tensor>[] alone, CancellationToken cancellationToken)
    {
        // Rows that are alike do not show whether they change each other, so strangers stand among them: far-off ones, which also show what
        // only a large neighbour does (a scale or a threshold over the whole batch), or, where the model takes none of those, modest ones.
        return Agree(session, rows, WarmUpRows.Strangers(rows[0], FarOff), alone, cancellationToken)
            ?? Agree(session, rows, WarmUpRows.Strangers(rows[0], 1), alone, cancellationToken)
            ?? (!AreAlike(rows) && Agree(session, rows, [], alone, cancellationToken) == true);
    }

    /// <summary>Whether rows have the same answers among others as alone; null when the model cannot be run on all of them together.</summary>
    private static bool? Agree(ModelSession session, IReadOnlyList<IReadOnlyDictionary<string, Tensor>> rows,
        IReadOnlyDictionary<string, Tensor>[] strangers, IReadOnlyDictionary<string, Tensor>[] alone, CancellationToken cancellationToken)
    {
        try
        {
            // Every row twice and out of order: an answer that depends on the neighbours or on the number of rows shows.
            int[] order = [.. Enumerable.Range(0, rows.Count).Reverse(), .. Enumerable.Range(0, rows.Count)];
            var joined = BatchDimension.Join([.. order.Select(i => rows[i]), .. strangers]);
            var together = session.Evaluate(joined, cancellationToken);
            return order.Select((row, place) => (row, place))
                .All(pair => BatchDimension.RowEquals(together, order.Length + strangers.Length, pair.place, alone[pair.row]));
        }
        catch (Exception exception) when (exception is ModelRunException or ArgumentException)
        {
            return null;
        }
    }

    private static bool AreAlike(IReadOnlyList<IReadOnlyDictionary<string, Tensor>> rows) =>
        rows.All(row => BatchDimension.RowEquals(row, 1, 0, rows[0]));
}
