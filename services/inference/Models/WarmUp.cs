using Platform.Onnx.Batching;
using Platform.Onnx.RowFlow.Proofs;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Models;

/// <summary>What the first runs of a version showed.</summary>
/// <param name="Sharing">Whether rows of different requests may run together, and why.</param>
/// <param name="BatchSize">Rows of different requests that are worth running together; 1 where they may not.</param>
internal sealed record WarmUpResult(RowSharing Sharing, int BatchSize)
{
    public bool CanShare => Sharing.MayShare;
}

/// <summary>
/// Runs a version before it serves: memory is laid out and code paths are warm when the first caller comes, and it is known whether
/// rows of different callers may be put together.
/// </summary>
internal static class WarmUp
{
    /// <param name="session">The version.</param>
    /// <param name="proof">What its graph proves.</param>
    /// <param name="policy">What its owner says.</param>
    /// <param name="rows">Rows to run, each with a first dimension of 1; reference rows, or made up.</param>
    /// <param name="cancellationToken">Ends a run that takes too long.</param>
    /// <exception cref="ModelRunException">The version cannot be run on its own rows.</exception>
    /// <exception cref="ModelLoadException">Running it changes what it answers.</exception>
    public static WarmUpResult Run(ModelSession session, RowProof proof, RowPolicy policy,
        IReadOnlyList<IReadOnlyDictionary<string, Tensor>> rows, CancellationToken cancellationToken)
    {
        var steadiness = Steadiness.Begin(session, proof, rows, cancellationToken);
        var sharing = SharingTrial.Decide(session, proof, policy, () => rows, cancellationToken);
        if (sharing is { MayShare: false, DecidedBy: not RowSharing.Trial })
            foreach (var row in rows) session.Evaluate(row, cancellationToken); // which a trial has done
        var size = sharing.MayShare ? BatchSizing.Measure(session, rows, cancellationToken) : 1;
        return steadiness.End(cancellationToken) is { } varies
            ? new WarmUpResult(new RowSharing(false, RowSharing.Trial, varies, proof.Randomness), 1)
            : new WarmUpResult(sharing, size);
    }
}
