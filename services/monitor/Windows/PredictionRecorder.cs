using System.Collections.Immutable;
using Microsoft.Extensions.Options;
using Platform.Hosting.PredictionLog;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Predictions;
using Platform.Monitor.Records;
using Platform.Monitor.State;
using Platform.Monitor.Telemetry;

namespace Platform.Monitor.Windows;

/// <summary>Counts predictions in the windows of their versions.</summary>
internal sealed class PredictionRecorder(IOptions<WindowOptions> options, WindowCloser closer, MonitorMetrics metrics, TimeProvider time)
{
    /// <summary>Counts a batch of the log, those of its records apart that closed windows hold already.</summary>
    /// <param name="ledger">The ledger.</param>
    /// <param name="predictions">The batch's predictions in order.</param>
    /// <param name="next">Where reading goes on.</param>
    public void Record(Ledger ledger, IReadOnlyList<PredictionRows> predictions, LogPosition next)
    {
        var start = ledger.Versions.Mark;
        var records = start.Records.ToBuilder();
        foreach (var prediction in predictions)
        {
            var record = records[prediction.Baseline.Key] = records.GetValueOrDefault(prediction.Baseline.Key) + 1;
            Record(ledger, prediction, record, start);
        }

        ledger.Versions.Mark = new(next, records.ToImmutable(), start.Order + 1);
    }

    /// <summary>
    /// Closes the windows whose time is over although no prediction comes in. That time begins when a window is opened, not when
    /// its requests came in: else what a monitor that catches up had read at a tick would be a window of its own.
    /// </summary>
    public void CloseDue(Ledger ledger)
    {
        var now = time.GetUtcNow();
        foreach (var version in ledger.Versions.All)
        {
            if (version.Open is { } window && IsOver(window, now - window.OpenedAt))
                Close(ledger, version, ledger.Versions.Mark.Records[version.Key], int.MaxValue);
        }
    }

    private void Record(Ledger ledger, PredictionRows prediction, long record, LogMark start)
    {
        var version = ledger.Versions.GetOrAdd(prediction.Baseline.Key);
        var from = record < version.ClosedRecord ? int.MaxValue : record == version.ClosedRecord ? version.ClosedRows : 0;
        if (version.Open is { } waiting && IsOver(waiting, prediction.Logged.Time - waiting.From))
            Close(ledger, version, record, from);

        while (from < prediction.Count)
        {
            var window = version.Open ??= new(prediction.Baseline, start, prediction.Logged.Time, time.GetUtcNow(), options.Value);
            var count = Math.Min(prediction.Count - from, window.Capacity - window.Count);
            Add(ledger, version, prediction, from, count);
            from += count;
            if (IsOver(window, prediction.Logged.Time - window.From))
                Close(ledger, version, record, from);
        }
    }

    private bool IsOver(OpenWindow window, TimeSpan age) => options.Value.IsOver(window.Count, window.Capacity, age);

    private void Add(Ledger ledger, VersionState version, PredictionRows prediction, int from, int count)
    {
        version.Open!.Add(prediction, from, count);
        version.LastSeen = prediction.Logged.Time;
        metrics.Counted(version.Key, count);
        for (var row = from; prediction.IsAnswered && row < from + count; row++)
            ledger.Outcomes.Open(version.Key, prediction.Logged.RowId(row));
    }

    private void Close(Ledger ledger, VersionState version, long record, int rows)
    {
        (version.ClosedRecord, version.ClosedRows) = (record, rows);
        closer.Close(ledger, version);
    }
}
