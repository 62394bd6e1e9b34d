using Platform.Onnx.RowFlow;
using Platform.Onnx.RowFlow.Proofs;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Batching;

/// <summary>
/// Finds out whether rows of a version may share a run: its graph is asked, or its owner, and then rows are run alone and among
/// strangers as a second guard.
/// </summary>
public static class SharingTrial
{
    private const double FarOff = 1000;
    private const string Differs = "In a trial a row was answered differently among others than alone.";

    // A version whose runs take long is not kept from serving by ever more of them.
    private static readonly TimeSpan Enough = TimeSpan.FromSeconds(2);

    // Far-off strangers show what only a large neighbour does (a scale or a threshold over the whole batch); modest ones go where a
    // model takes no others; and some whose numbers are missing.
    private static readonly double[] Scales = [FarOff, 1, 1e6, double.NaN];

    /// <param name="session">The version.</param>
    /// <param name="proof">What its graph proves.</param>
    /// <param name="policy">What its owner says.</param>
    /// <param name="find">
    /// Gives rows to try, each with a first dimension of 1: reference rows, or made up (<see cref="ProbeRows"/>). Asked for where
    /// something is left to try.
    /// </param>
    /// <param name="cancellationToken">Ends a run that takes too long.</param>
    /// <exception cref="ModelRunException">The version cannot be run on these rows.</exception>
    public static RowSharing Decide(ModelSession session, RowProof proof, RowPolicy policy,
        Func<IReadOnlyList<IReadOnlyDictionary<string, Tensor>>> find, CancellationToken cancellationToken)
    {
        if (Forbid(session, proof, policy) is { } forbidden) return forbidden;
        var rows = find();
        if (rows.Count == 0)
            return new RowSharing(false, RowSharing.Trial,
                "No row could be made up that the model takes, so that nothing could be tried; upload reference rows.");
        var isProved = proof.Mixing is null;
        if (Disagree(session, [.. rows.Select(ProbeRows.WithoutGaps)], isProved, cancellationToken) is { } problem)
            return new RowSharing(false, RowSharing.Trial, problem, proof.Mixing);
        return isProved
            ? new RowSharing(true, RowSharing.Graph, "Every operator keeps rows apart.")
            : new RowSharing(true, RowSharing.Owner, "The metadata says that rows are independent, and a trial agrees.");
    }

    /// <summary>Why rows may not share a run whatever a trial shows; null where it may be tried.</summary>
    private static RowSharing? Forbid(ModelSession session, RowProof proof, RowPolicy policy)
    {
        if (!BatchDimension.IsDeclared(session.Signature))
            return new RowSharing(false, RowSharing.Signature,
                "Not every input and output has a first dimension that is free and counts the same rows.");
        if (policy == RowPolicy.Alone) return new RowSharing(false, RowSharing.Owner, "The metadata says that rows are to be run alone.");
        if (proof.Randomness is { } random)
            return new RowSharing(false, RowSharing.Graph, $"{random}: the same row is answered differently each time.", random);
        if (proof.Hazard is { EndsProcess: true } hazard)
            return new RowSharing(false, RowSharing.Graph, $"{hazard}: a row that does so would take those beside it with it.",
                new RowMixing(hazard.Operator, hazard.Node, hazard.Why));
        return policy != RowPolicy.Independent && proof.Mixing is { } mixing
            ? new RowSharing(false, RowSharing.Graph, $"{mixing}.", mixing)
            : null;
    }

    /// <summary>How a trial contradicts; null where it does not, or where nothing can be tried and the graph proves it.</summary>
    private static string? Disagree(ModelSession session, IReadOnlyDictionary<string, Tensor>[] rows, bool isProved,
        CancellationToken cancellationToken)
    {
        var alone = rows.Select(row => session.Evaluate(row, cancellationToken)).ToArray();
        var (started, agrees) = (TimeProvider.System.GetTimestamp(), false);
        foreach (var scale in Scales)
        {
            var agreement = Agree(session, rows, ProbeRows.Strangers(rows[0], scale), alone, cancellationToken);
            if (agreement == false) return Differs;
            agrees |= agreement == true;
            if (agrees && TimeProvider.System.GetElapsedTime(started) > Enough) break;
        }

        if (agrees) return null;
        // No stranger can be run with them. Rows that are alike do not show whether they change each other.
        return Agree(session, rows, [], alone, cancellationToken) switch
        {
            false => Differs,
            true when isProved || !AreAlike(rows) => null,
            true => "The rows that could be tried are too alike to show whether they change each other.",
            null => "The model cannot be run on several rows together.",
        };
    }

    /// <summary>Whether rows have the same answers among others as alone; null when the model cannot be run on all of them together.</summary>
    private static bool? Agree(ModelSession session, IReadOnlyDictionary<string, Tensor>[] rows,
        IReadOnlyDictionary<string, Tensor>[] strangers, IReadOnlyDictionary<string, Tensor>[] alone, CancellationToken cancellationToken)
    {
        try
        {
            // Every row twice and out of order: an answer that depends on the neighbours or on the number of rows shows.
            int[] order = [.. Enumerable.Range(0, rows.Length).Reverse(), .. Enumerable.Range(0, rows.Length)];
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

    private static bool AreAlike(IReadOnlyDictionary<string, Tensor>[] rows) =>
        rows.All(row => BatchDimension.RowEquals(row, 1, 0, rows[0]));
}
