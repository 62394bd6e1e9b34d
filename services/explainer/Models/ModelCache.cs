using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Deployments;
using Platform.Onnx.Sessions;

namespace Platform.Explainer.Models;

/// <summary>
/// The models that were explained last, by digest. Beyond the bound the one that was used longest ago is closed as soon as
/// nobody uses it.
/// </summary>
internal sealed class ModelCache(RegistryClient registry, IOptions<ExplainerOptions> options) : IDisposable
{
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
        // Two versions may share a file and differ in their reference rows.
        var key = $"{version.Sha256} {version.Reference?.RowsDigest}";
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
        var path = await registry.FetchArtifactAsync(version.Sha256, cancellationToken);
        if (await Digest.OfFileAsync(path, cancellationToken) != version.Sha256)
            throw new InvalidDataException($"The file of artifact {version.Sha256} has been changed.");
        return new LoadedModel(ModelSession.Load(path), version, registry);
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
