using Platform.Contracts.Registry;
using Platform.Explainer.Rows;
using Platform.Hosting.Deployments;
using Platform.Onnx.Batching;
using Platform.Onnx.Sessions;
using Platform.Onnx.Structures;

namespace Platform.Explainer.Models;

/// <summary>A model in memory and, once asked for, the reference rows of its version.</summary>
internal sealed class LoadedModel(ModelSession session, RowSharing sharing, ModelStructure structure, ModelVersionDescription version,
    RegistryClient registry) : IDisposable
{
    private readonly SemaphoreSlim _loading = new(1, 1);
    private ReferenceRows? _reference;

    public ModelSession Session => session;

    /// <summary>Whether its rows may share a run, as when it serves.</summary>
    public RowSharing Sharing => sharing;

    /// <summary>What its graph says of its outputs.</summary>
    public ModelStructure Structure => structure;

    /// <summary>The reference rows, fetched the first time; none where the version has no reference dataset.</summary>
    public async Task<ReferenceRows> GetReferenceAsync(CancellationToken cancellationToken)
    {
        await _loading.WaitAsync(cancellationToken);
        try
        {
            return _reference ??= version.Reference is null
                ? ReferenceRows.None
                : await ReferenceRows.LoadAsync(
                    registry.ReadReferenceRowsAsync(version, cancellationToken), session.Signature, cancellationToken);
        }
        finally
        {
            _loading.Release();
        }
    }

    public void Dispose()
    {
        session.Dispose();
        _loading.Dispose();
    }
}
