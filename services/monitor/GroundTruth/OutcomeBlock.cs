using Platform.Monitor.Performance;
using Platform.Monitor.Predictions;
using Platform.Monitor.Versions;
using Platform.Statistics.Performance;
using Platform.Statistics.Samples;

namespace Platform.Monitor.GroundTruth;

/// <summary>The answered rows of a closed window, waiting for their labels.</summary>
internal sealed class OutcomeBlock(
    VersionKey key, long sequence, DateTimeOffset from, DateTimeOffset to, IReadOnlyList<RowId> ids, IReadOnlyList<Prediction> predictions,
    IReadOnlyList<string>? routes = null)
{
    private const string Champion = "champion";

    private readonly string?[] _labels = new string?[ids.Count];
    private readonly DateTimeOffset?[] _labelledAt = new DateTimeOffset?[ids.Count];
    private readonly LabelOrigin?[] _origins = new LabelOrigin?[ids.Count];
    private readonly SortedDictionary<string, SortedSet<int>> _reported = new(StringComparer.Ordinal);

    public VersionKey Key { get; } = key;

    /// <summary>The window's number.</summary>
    public long Sequence { get; } = sequence;

    public DateTimeOffset From { get; } = from;

    public DateTimeOffset To { get; } = to;

    public IReadOnlyList<RowId> Ids { get; } = ids;

    /// <summary>By attribute that the version compares groups by, the place of each row's group; null where it compares none.</summary>
    public IReadOnlyList<byte[]>? Groups { get; init; }

    /// <summary>Whether it has been said that the version has become worse; it is said once.</summary>
    public bool DegradationAnnounced { get; set; }

    /// <summary>The detectors that said, at a label of one of these rows, that errors have become more frequent.</summary>
    public SortedSet<string> Changes { get; } = new(StringComparer.Ordinal);

    /// <summary>By which route a row came; the champion's where that was not kept.</summary>
    public string RouteOf(int row) => routes?[row] ?? Champion;

    public Outcomes Outcomes => new(predictions, _labels);

    /// <summary>A row's label; null while it has none.</summary>
    public KnownLabel? LabelOf(int row) =>
        _labels[row] is { } label ? new(label, _labelledAt[row] ?? default) { Origin = _origins[row] } : null;

    /// <summary>Takes a label; of several for one row the latest wins, and of equally late ones the last to come in.</summary>
    public void Label(int row, KnownLabel label)
    {
        if (_labelledAt[row] > label.At)
            return;
        (_labels[row], _labelledAt[row], _origins[row]) = (label.Label, label.At, label.Origin);
    }

    /// <summary>Notes that a business outcome of a row was reported; false where one of its name was before, which stands.</summary>
    public bool Report(int row, string name)
    {
        if (!_reported.TryGetValue(name, out var rows))
            _reported[name] = rows = [];
        return rows.Add(row);
    }

    public OutcomeDocument ToDocument() => new()
    {
        Model = Key.Model,
        Version = Key.Version,
        Sequence = Sequence,
        From = From,
        To = To,
        Ids = [.. Ids.Select(id => id.Text)],
        OfSeveral = Ids.All(id => id.IsOnly) ? null : [.. Ids.Select(id => !id.IsOnly)],
        Classes = predictions.Any(row => row.Class is not null) ? [.. predictions.Select(row => row.Class)] : null,
        Scores = Column(row => Finite.OrNull(row.Score)),
        Values = Column(row => row.Value.IsFinite ? row.Value : (ExactNumber?)null),
        Routes = routes?.All(route => route == Champion) != false ? null : routes,
        Groups = Groups,
        Labels = _labels,
        LabelledAt = _labelledAt,
        LabelSources = Texts(origin => origin.Source),
        LabelledBy = Texts(origin => origin.By),
        DegradationAnnounced = DegradationAnnounced,
        Changes = Changes.Count == 0 ? null : [.. Changes],
        Reported = _reported.Count == 0 ? null : _reported.ToDictionary(name => name.Key, IReadOnlyList<int> (name) => [.. name.Value]),
    };

    public static OutcomeBlock Of(OutcomeDocument document)
    {
        var predictions = document.Ids.Select((_, row) => new Prediction(
            document.Classes?[row], document.Scores?[row] ?? double.NaN, document.Values?[row] ?? double.NaN)).ToArray();
        var ids = document.Ids.Select((id, row) => new RowId(id, IsOnly: document.OfSeveral?[row] != true)).ToArray();
        var key = new VersionKey(document.Model, document.Version);
        var block = new OutcomeBlock(key, document.Sequence, document.From, document.To, ids, predictions, document.Routes)
        {
            DegradationAnnounced = document.DegradationAnnounced,
            Groups = document.Groups,
        };
        block.Changes.UnionWith(document.Changes ?? []);
        foreach (var (name, rows) in document.Reported ?? new Dictionary<string, IReadOnlyList<int>>())
            block._reported[name] = [.. rows];
        for (var row = 0; row < document.Labels.Count; row++)
            (block._labels[row], block._labelledAt[row]) = (document.Labels[row], document.LabelledAt[row]);
        for (var row = 0; row < document.LabelSources?.Count; row++)
            block._origins[row] = OriginOf(document.LabelSources[row], document.LabelledBy?[row]);
        return block;
    }

    // Nearly all have the same, and share it.
    private static LabelOrigin? OriginOf(string? source, string? by) =>
        source is null ? null : source == LabelSource.GroundTruth && by is null ? LabelOrigin.GroundTruth : new(source, by);

    private string?[]? Texts(Func<LabelOrigin, string?> text)
    {
        var texts = Array.ConvertAll(_origins, origin => origin is null ? null : text(origin));
        return Array.Exists(texts, value => value is not null) ? texts : null;
    }

    private T?[]? Column<T>(Func<Prediction, T?> number) where T : struct
    {
        var numbers = predictions.Select(number).ToArray();
        return Array.Exists(numbers, value => value is not null) ? numbers : null;
    }
}
