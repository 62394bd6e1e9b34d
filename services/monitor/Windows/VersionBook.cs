using System.Collections.Immutable;
using Platform.Hosting.Documents;
using Platform.Hosting.PredictionLog;
using Platform.Monitor.Records;
using Platform.Monitor.State;
using Platform.Monitor.Versions;

namespace Platform.Monitor.Windows;

/// <summary>The versions that have traffic, and how far the prediction log has been read.</summary>
internal sealed class VersionBook : ILedgerPart
{
    private const string PositionId = "prediction-log";

    private readonly Dictionary<VersionKey, VersionState> _versions = [];
    private readonly HashSet<VersionState> _changed = [];
    private readonly List<(string Id, VersionKey Version, WindowReport Report)> _closed = [];
    private readonly List<(string Collection, string Id)> _outlived = [];
    private long _kept;

    /// <summary>Where reading goes on.</summary>
    public LogMark Mark { get; set; } = LogMark.Beginning;

    /// <summary>Where reading would begin after a restart.</summary>
    public LogPosition StoredPosition { get; private set; } = LogPosition.Beginning;

    public IReadOnlyCollection<VersionState> All => _versions.Values;

    public VersionState? Find(VersionKey key) => _versions.GetValueOrDefault(key);

    public VersionState GetOrAdd(VersionKey key)
    {
        if (!_versions.TryGetValue(key, out var state))
            _versions[key] = state = new(key);
        return state;
    }

    /// <summary>Stores a window that has closed, and forgets old ones for which there is no more room.</summary>
    public void Close(VersionState version, WindowReport report, WindowOptions options)
    {
        _changed.Add(version);
        _closed.Add((Collections.WindowId(version.Key, report.Sequence), version.Key, report));
        version.NextSequence = report.Sequence + 1;
        _kept++;
        while (version.Kept > options.Keep)
            ForgetOldest(version);
        while (_kept > options.KeepTotal)
            ForgetOldest(_versions.Values.MaxBy(candidate => candidate.Kept)!);
    }

    public async Task LoadAsync(IDocumentStore documents, CancellationToken cancellationToken)
    {
        await foreach (var version in documents.ReadAllAsync<VersionDocument>(new(Collections.Versions), cancellationToken))
        {
            var state = VersionState.From(version.Value);
            _versions[state.Key] = state;
            _kept += state.Kept;
        }

        if (await documents.GetAsync<MarkDocument>(Collections.Positions, PositionId, cancellationToken) is { } stored)
            Mark = stored.Value.ToMark();
        StoredPosition = Mark.Position;
    }

    /// <summary>
    /// Adds what has changed. The position is that of the oldest open window: it and the counts of records before it are
    /// written together with the windows, so that what is read again is never counted again.
    /// </summary>
    public void Flush(DocumentBatch batch)
    {
        if (_changed.Count == 0)
            return;

        foreach (var version in _changed)
            batch.Put(Collections.Versions, version.Key.ToString(), version.ToDocument(), expectedRevision: null);
        foreach (var (id, version, report) in _closed)
            batch.Put(Collections.Windows, id, report, expectedRevision: null, Collections.IndexOf(version));
        foreach (var (collection, id) in _outlived)
            batch.Delete(collection, id);

        var restart = _versions.Values.Select(version => version.Open?.Start).OfType<LogMark>().MinBy(mark => mark.Order) ?? Mark;
        batch.Put(Collections.Positions, PositionId, MarkDocument.Of(restart), expectedRevision: null);
        StoredPosition = restart.Position;
        _changed.Clear();
        _closed.Clear();
        _outlived.Clear();
    }

    private void ForgetOldest(VersionState version)
    {
        var id = Collections.WindowId(version.Key, version.FirstSequence++);
        _outlived.Add((Collections.Windows, id));
        _outlived.Add((Collections.Performance, id));
        _changed.Add(version);
        _kept--;
    }

    private sealed record MarkDocument(string Position, IReadOnlyList<RecordCount> Records)
    {
        public static MarkDocument Of(LogMark mark) =>
            new(mark.Position.Token, [.. mark.Records.Select(count => new RecordCount(count.Key.Model, count.Key.Version, count.Value))]);

        public LogMark ToMark() =>
            new(new(Position), Records.ToImmutableDictionary(count => new VersionKey(count.Model, count.Version), count => count.Count), 0);
    }

    private sealed record RecordCount(string Model, string Version, long Count);
}
