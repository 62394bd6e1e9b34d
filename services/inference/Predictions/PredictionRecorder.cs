using System.IO.Hashing;
using System.Runtime.InteropServices;
using Platform.Contracts.Inference;
using Platform.Hosting.PredictionLog;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.Protocol;
using Platform.Inference.Recording;
using Platform.Inference.Requests;

namespace Platform.Inference.Predictions;

/// <summary>Appends a prediction to the log once its reply has gone. A record that cannot be written is counted and logged.</summary>
internal sealed class PredictionRecorder(IPredictionLogWriter log, TimeProvider time, ILogger<PredictionRecorder> logger)
{
    /// <summary>A full disk refuses thousands of records a second: all are counted, one a second is reported.</summary>
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    /// <summary>A record longer than this is rare, and its memory not worth keeping.</summary>
    private const int KeepBytes = 64 << 10;

    // One for each thread rather than each prediction: what the core wrote last is what its cache still holds.
    [ThreadStatic] private static ByteBuffer? _record;

    private long _reportedAt;

    public void Record(LoadedVersion version, Prediction prediction)
    {
        if (!IsSampled(version.Records.Share, prediction.Facts.Id)) return;
        if (prediction is { Status: PredictionStatus.Succeeded, Request.IsEmpty: true }) return; // nothing was predicted
        try
        {
            var record = _record ??= new ByteBuffer();
            record.Trim(KeepBytes);
            version.Records.Write(record, prediction);
            log.Append(record.Written);
        }
#pragma warning disable CA1031 // the reply has gone: a failing log must not turn it into an error, nor pass unseen
        catch (Exception exception)
#pragma warning restore CA1031
        {
            version.CountLostRecord();
            if (IsReportDue()) logger.RecordLost(exception, version.Model, version.Version);
        }
    }

    private bool IsReportDue()
    {
        var (now, last) = (time.GetTimestamp(), Volatile.Read(ref _reportedAt));
        return (last == 0 || time.GetElapsedTime(last, now) >= ReportInterval) && Interlocked.CompareExchange(ref _reportedAt, now, last) == last;
    }

    /// <summary>The same id is always decided alike, so that a prediction repeated under its id is not logged now and then.</summary>
    private static bool IsSampled(double share, string id) =>
        share >= 1 || XxHash3.HashToUInt64(MemoryMarshal.AsBytes(id.AsSpan())) < share * ulong.MaxValue;
}
