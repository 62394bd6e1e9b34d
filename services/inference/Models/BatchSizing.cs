using Platform.Inference.Batching;
using Platform.Onnx.Batching;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Models;

/// <summary>
/// Finds by trial how many rows are worth a run of their own. On a CPU more rows soon need more time each, since they no longer
/// fit into its caches, and only make callers wait for each other.
/// </summary>
internal static class BatchSizing
{
    // Doubling the rows must shorten the time of each by this much, or callers wait for nothing.
    private const double WorthGaining = 0.97;

    private static readonly TimeSpan InAll = TimeSpan.FromSeconds(2);

    /// <summary>
    /// The smallest power of two at which a row takes hardly longer than at any other that was tried; at most
    /// <see cref="BatchSettings.Largest"/>.
    /// </summary>
    /// <exception cref="OperationCanceledException">The trial was cancelled.</exception>
    public static int Measure(
        ModelSession session, IReadOnlyList<IReadOnlyDictionary<string, Tensor>> rows, CancellationToken cancellationToken)
    {
        // A GPU gains by every row; and there a new shape may cost a search for the best kernel.
        if (session.Provider != ExecutionProvider.Cpu) return BatchSettings.Largest;

        return Choose(Try(session, rows, cancellationToken));
    }

    /// <summary>The size of those tried from which on a row takes hardly less time than before.</summary>
    public static int Choose(IEnumerable<(int Size, TimeSpan PerRow)> trials)
    {
        var (best, bestPerRow) = (1, TimeSpan.MaxValue);
        foreach (var (size, perRow) in trials)
            if (perRow < bestPerRow * WorthGaining) (best, bestPerRow) = (size, perRow);
        return best;
    }

    /// <summary>Time per row by number of rows, as far as the model can take them and the time allows.</summary>
    private static IEnumerable<(int Size, TimeSpan PerRow)> Try(
        ModelSession session, IReadOnlyList<IReadOnlyDictionary<string, Tensor>> rows, CancellationToken cancellationToken)
    {
        var (started, last) = (TimeProvider.System.GetTimestamp(), TimeSpan.Zero);
        using var trial = new TrialRun(session, cancellationToken);
        for (var size = 1; size <= BatchSettings.Largest; size *= 2)
        {
            if (TimeProvider.System.GetElapsedTime(started) + 2 * last > InAll) yield break;
            trial.Fill(BatchDimension.Join([.. Enumerable.Range(0, size).Select(i => rows[i % rows.Count])]));
            if (trial.Fastest() is not { } time) yield break;
            last = time;
            yield return (size, time / size);
        }
    }
}
