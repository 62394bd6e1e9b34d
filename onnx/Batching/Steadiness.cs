using Platform.Onnx.RowFlow.Proofs;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Batching;

/// <summary>
/// Watches whether a version answers one row the same way before and after other runs. One that does not either draws numbers, or
/// its runs change it; nothing that was measured of such a version holds for what it answers next.
/// </summary>
public sealed class Steadiness
{
    private readonly ModelSession _session;
    private readonly RowProof _proof;
    private readonly IReadOnlyDictionary<string, Tensor>? _row;
    private readonly IReadOnlyDictionary<string, Tensor>? _first;
    private bool _isSteady = true;

    private Steadiness(ModelSession session, RowProof proof, IReadOnlyDictionary<string, Tensor>? row, CancellationToken cancellationToken)
    {
        (_session, _proof, _row) = (session, proof, row);
        if (row is null) return;
        _first = session.Evaluate(row, cancellationToken);
        Look(cancellationToken);
    }

    /// <summary>Runs the first of the rows twice.</summary>
    /// <exception cref="ModelRunException">The version cannot be run on it.</exception>
    public static Steadiness Begin(ModelSession session, RowProof proof, IReadOnlyList<IReadOnlyDictionary<string, Tensor>> rows,
        CancellationToken cancellationToken) =>
        new(session, proof, rows.Count > 0 ? rows[0] : null, cancellationToken);

    /// <summary>Runs the row twice again, after others, and says what of the version's answers varies; null where nothing does.</summary>
    /// <exception cref="ModelLoadException">Its runs change it, so that it cannot be served.</exception>
    public string? End(CancellationToken cancellationToken)
    {
        if (_row is null) return null;
        Look(cancellationToken);
        Look(cancellationToken);
        if (_isSteady) return null;
        if (_proof.Randomness is { } random) return $"{random}: the same row is answered differently each time.";
        throw new ModelLoadException(
            "The version changes while it serves: it answered the same row differently from one run to the next, although nothing in it is random.");
    }

    private void Look(CancellationToken cancellationToken) => _isSteady &= IsSame(_session.Evaluate(_row!, cancellationToken));

    private bool IsSame(IReadOnlyDictionary<string, Tensor> again) => _first!.All(output =>
        output.Value.Shape.SequenceEqual(again[output.Key].Shape) && BatchDimension.Equal(again[output.Key], output.Value));
}
