using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Explainer.Settings;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Deployments;
using Platform.Onnx.Batching;
using Platform.Onnx.RowFlow.Proofs;
using Platform.Onnx.Pipelines;
using Platform.Onnx.Sessions;
using Platform.Onnx.Structures;
using Platform.Onnx.Tensors;
using Platform.Onnx.Workers;

namespace Platform.Explainer.Models;

/// <summary>
/// The models that were explained last, by digest. Beyond the bound the one that was used longest ago is closed as soon as
/// nobody uses it.
/// </summary>
internal sealed class ModelCache(
    RegistryClient registry, IOptions<ExplainerOptions> options, IOptions<IsolationOptions> isolation, ILogger<ModelCache> logger) : IDisposable
{
    private static readonly TimeSpan TrialLimit = TimeSpan.FromSeconds(60);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = [];
    private readonly CancellationTokenSource _closing = new();
    private long _clock;

    /// <summary>
    /// The model of a version, loaded first if need be; many callers share one load. Dispose the lease when done.
    /// Throws <see cref="ModelLoadException"/> for a file that cannot be run, <see cref="HttpRequestException"/> and
    /// <see cref="InvalidDataException"/> where it cannot be had.
    /// </summary>
    public async Task<ModelLease> RentAsync(ModelVersionDescription version, CancellationToken cancellationToken)
    {
        var entry = Take(version);
        try
        {
            var model = await entry.Loading.WaitAsync(cancellationToken);
            return new ModelLease(model, () => Release(entry));
        }
        catch
        {
            Release(entry);
            throw;
        }
    }

    public void Dispose()
    {
        _closing.Cancel();
        lock (_gate)
        {
            foreach (var entry in _entries.Values.Where(entry => entry.Users == 0))
                entry.Close();
            _entries.Clear();
        }

        _closing.Dispose();
    }

    private Entry Take(ModelVersionDescription version)
    {
        // Two versions may share a file and differ in their reference rows, and in what their owners say of them.
        var key = $"{version.Sha256} {version.Reference?.RowsDigest} {version.Metadata.Serving?.Rows} {version.Metadata.Serving?.Isolation}";
        lock (_gate)
        {
            if (!_entries.TryGetValue(key, out var entry) || entry.Loading.IsFaulted || entry.Loading.IsCanceled)
                _entries[key] = entry = new Entry(key, Task.Run(() => LoadAsync(version, _closing.Token)));
            entry.Users++;
            entry.LastUse = ++_clock;
            Evict();
            return entry;
        }
    }

    private void Release(Entry entry)
    {
        lock (_gate)
        {
            entry.Users--;
            if (entry.Users == 0 && _entries.GetValueOrDefault(entry.Key) != entry)
                entry.Close();
            Evict();
        }
    }

    private void Evict()
    {
        while (_entries.Count > options.Value.CachedModels
               && _entries.Values.Where(entry => entry.Users == 0).MinBy(entry => entry.LastUse) is { } oldest)
        {
            _entries.Remove(oldest.Key);
            oldest.Close();
        }
    }

    private async Task<LoadedModel> LoadAsync(ModelVersionDescription version, CancellationToken cancellationToken)
    {
        var path = await FetchAsync(version, cancellationToken);
        if (await Digest.OfFileAsync(path, cancellationToken) != version.Sha256)
            throw new InvalidDataException($"The file of artifact {version.Sha256} has been changed.");
        var placed = await PlacedSession.LoadAsync(path, new SessionSettings(), isolation.Value, version.Metadata.Serving?.Isolation,
            version.VettedBy, new WorkerWatch(version, logger), cancellationToken);
        var session = placed.Session;
        try
        {
            return new LoadedModel(
                session, await FindSharingAsync(session, path, version, cancellationToken), ModelFile.StructureOf(path), version, registry);
        }
        catch
        {
            session.Dispose();
            throw;
        }
    }

    private async Task<string> FetchAsync(ModelVersionDescription version, CancellationToken cancellationToken)
    {
        try
        {
            return await registry.FetchFilesAsync(version, cancellationToken);
        }
        catch (PartMissingException exception)
        {
            throw new ModelLoadException(exception.Message, exception);
        }
    }

    /// <summary>How the version is to be called: as serving finds it, by its graph and a trial on its first reference rows.</summary>
    private async Task<RowSharing> FindSharingAsync(
        ModelSession session, string path, ModelVersionDescription version, CancellationToken cancellationToken)
    {
        var rows = new List<IReadOnlyDictionary<string, Tensor>>();
        await foreach (var row in registry.ReadReferenceRowsAsync(version, cancellationToken))
        {
            if (RowReader.Read(session.Signature, row.Inputs) is not { } tensors) break;
            rows.Add(tensors);
            if (rows.Count == ProbeRows.Wanted) break;
        }

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(TrialLimit);
        try
        {
            return SharingTrial.Decide(session, ModelFile.Prove(path), RowPolicies.Of(version.Metadata.Serving?.Rows),
                () => rows.Count > 0 ? rows : ProbeRows.MakeUp(session, limit.Token), limit.Token);
        }
        catch (Exception exception) when (
            exception is ModelRunException or ModelWorkerException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return new RowSharing(false, RowSharing.Trial, $"The version could not be tried: {exception.Message}");
        }
    }

    private sealed class Entry(string key, Task<LoadedModel> loading)
    {
        public string Key => key;

        public Task<LoadedModel> Loading => loading;

        public int Users { get; set; }

        public long LastUse { get; set; }

        /// <summary>Closes the model; one that is still loading, because its last caller left, as soon as it is there.</summary>
        public void Close() => loading.ContinueWith(
            static loaded => loaded.Result.Dispose(), CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
    }
}
