using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Onnx.Batching;
using Platform.Onnx.RowFlow.Proofs;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Registry.Gates;

/// <summary>Finds out how a version is to be asked, as serving will: several rows at once, or each alone.</summary>
internal sealed class CallManner(ModelSession session, RowProof proof, Contracts.Registry.ModelSignature signature, string? policy)
{
    private Steadiness? _steadiness;
    private RowSharing? _sharing;
    private string? _varies;

    /// <summary>Whether several rows may be asked at once.</summary>
    public bool MayShare => _sharing is { MayShare: true };

    /// <summary>What a person should know of it, a sentence; null where rows may share a run, or where the model takes one at a time in any case.</summary>
    public string? Remark
    {
        get
        {
            if (_varies is not null) return _varies;
            var sharing = _sharing ?? Decide(static () => [], CancellationToken.None);
            // Without rows to try nothing is known against a version whose graph is proved.
            return sharing.MayShare || sharing.DecidedBy == RowSharing.Signature || (_sharing is null && proof.Mixing is null)
                ? null
                : $"Its answer to a row may depend on the rows beside it, so each row is run alone, here and when it serves: {sharing.Reason}";
        }
    }

    /// <summary>Tries the first of the reference rows alone and together.</summary>
    public void Try(string rowsPath, CancellationToken cancellationToken)
    {
        var rows = ReadRows(rowsPath);
        try
        {
            _steadiness = Steadiness.Begin(session, proof, rows, cancellationToken);
            _sharing = Decide(() => rows, cancellationToken);
        }
        catch (ModelRunException exception)
        {
            // The run over all rows will name the one at fault.
            (_steadiness, _sharing) = (null, new RowSharing(false, RowSharing.Trial,
                $"the version cannot be run on its first reference rows: {exception.Message}"));
        }
    }

    /// <summary>Looks again after all rows have been run.</summary>
    /// <exception cref="ModelLoadException">Running the version changes what it answers.</exception>
    public void TryAgain(CancellationToken cancellationToken) => _varies = _steadiness?.End(cancellationToken);

    private RowSharing Decide(Func<IReadOnlyList<IReadOnlyDictionary<string, Tensor>>> rows, CancellationToken cancellationToken) =>
        SharingTrial.Decide(session, proof, RowPolicies.Of(policy), rows, cancellationToken);

    private List<IReadOnlyDictionary<string, Tensor>> ReadRows(string rowsPath) =>
    [
        .. File.ReadLines(rowsPath).Select(line => JsonSerializer.Deserialize<ReferenceRow>(line, PlatformJson.Tolerant)!)
            .Where(row => ReferenceBatch.CanAsk(row, signature)).Take(ProbeRows.Wanted)
            .Select(row => ReferenceBatch.Tensors([row], signature)),
    ];
}
