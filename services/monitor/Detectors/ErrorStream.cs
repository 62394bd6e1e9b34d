using Platform.Monitor.Versions;

namespace Platform.Monitor.Detectors;

/// <summary>A version's labelled predictions in the order in which their labels came in, as the detectors see them.</summary>
internal sealed class ErrorStream(VersionKey key)
{
    private readonly IReadOnlyList<IErrorDetector> _detectors = DetectorCatalogue.CreateAll();
    private readonly Dictionary<string, DetectorReport> _alarms =
        DetectorCatalogue.Ids.ToDictionary(id => id, id => new DetectorReport { Name = id }, StringComparer.Ordinal);

    private long _rows;
    private long _errors;

    public VersionKey Key { get; } = key;

    /// <summary>Takes the next labelled prediction; the names of the detectors that say that errors have become more frequent.</summary>
    /// <param name="wrong">Whether it was an error.</param>
    /// <param name="at">When its label was given.</param>
    public IReadOnlyList<string> Add(bool wrong, DateTimeOffset at)
    {
        _rows++;
        _errors += wrong ? 1 : 0;
        var raised = _detectors.Where(detector => detector.Add(wrong)).Select(detector => detector.Id).ToArray();
        foreach (var id in raised)
            _alarms[id] = _alarms[id] with { Alarms = _alarms[id].Alarms + 1, LastAt = at, LastRow = _rows };
        return raised;
    }

    public ErrorStreamReport ToReport() => new()
    {
        Rows = _rows,
        ErrorRate = _rows == 0 ? null : _errors / (double)_rows,
        Detectors = [.. DetectorCatalogue.Ids.Select(id => _alarms[id])],
    };

    public ErrorStreamDocument ToDocument() => new()
    {
        Model = Key.Model,
        Version = Key.Version,
        Rows = _rows,
        Errors = _errors,
        Alarms = [.. _alarms.Values],
        State = _detectors.ToDictionary(detector => detector.Id, detector => (IReadOnlyList<double>)detector.Save()),
    };

    /// <summary>A stream that goes on; a detector that was not there yet begins now.</summary>
    public static ErrorStream Of(ErrorStreamDocument document)
    {
        var stream = new ErrorStream(new(document.Model, document.Version)) { _rows = document.Rows, _errors = document.Errors };
        foreach (var detector in stream._detectors)
        {
            if (document.State.TryGetValue(detector.Id, out var saved))
                detector.Restore(saved);
        }

        foreach (var alarms in document.Alarms.Where(alarms => stream._alarms.ContainsKey(alarms.Name)))
            stream._alarms[alarms.Name] = alarms;
        return stream;
    }
}
