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

/// <summary>
/// Appends a prediction to the log, once its reply has gone or, where the version asks for that, before. A record that cannot be written is
/// counted and logged.
/// </summary>
internal sealed class PredictionRecorder(IPredictionLogWriter log, TimeProvider time, ILogger<PredictionRecorder> logger)
{
    /// <summary>A full disk refuses thousands of records a second: all are counted, one a second is reported.</summary>
    private static readonly TimeSpan ReportInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer waits for the disk, and a job before it asks again.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5), RetryInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>A record longer than this is rare, and its memory not worth keeping.</summary>
    private const int KeepBytes = 64 << 10;

    // One for each thread rather than each prediction: what the core wrote last is what its cache still holds.
    [ThreadStatic] private static ByteBuffer? _record;

    private long _reportedAt;

    /// <summary>Appends it, unless that was done before its reply.</summary>
    public void Record(LoadedVersion version, Prediction prediction)
    {
        if (!prediction.IsRecorded) TryAppend(version, prediction);
    }

    /// <summary>Appends it and waits until it is on the disk; false when it cannot be brought there now.</summary>
    /// <param name="version">The version that answered.</param>
    /// <param name="prediction">The prediction, which has ended but for its reply.</param>
    /// <param name="leaving">Who has time waits for the disk until this is cancelled, for it must not be appended twice; null for who has none.</param>
    public async ValueTask<bool> RecordFirstAsync(LoadedVersion version, Prediction prediction, CancellationToken? leaving)
    {
        prediction.IsRecorded = true;
        var appended = TryAppend(version, prediction);
        if (appended is not true) return appended is null; // nothing was to be appended
        using var over = leaving is { } left ? CancellationTokenSource.CreateLinkedTokenSource(left) : new CancellationTokenSource(Longest, time);
        while (!await IsDurableAsync(version, over.Token))
        {
            if (leaving is null || over.IsCancellationRequested) return false;
            await Task.Delay(RetryInterval, time, over.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return true;
    }

    private async ValueTask<bool> IsDurableAsync(LoadedVersion version, CancellationToken cancellationToken)
    {
        try
        {
            await log.DurableAsync(cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is IOException or OperationCanceledException)
        {
            if (IsReportDue()) logger.RecordWaits(exception, version.Model, version.Version);
            return false;
        }
    }

    /// <summary>Appends it; false when it could not be, null when there was nothing to append.</summary>
    private bool? TryAppend(LoadedVersion version, Prediction prediction)
    {
        if (!IsSampled(version.Records.Share, prediction.Facts.Id)) return null;
        if (prediction is { Status: PredictionStatus.Succeeded, Request.IsEmpty: true }) return null; // nothing was predicted
        try
        {
            var record = _record ??= new ByteBuffer();
            record.Trim(KeepBytes);
            version.Records.Write(record, prediction);
            log.Append(record.Written);
            return true;
        }
#pragma warning disable CA1031 // a failing log must not turn a reply into an error, nor pass unseen
        catch (Exception exception)
#pragma warning restore CA1031
        {
            version.CountLostRecord();
            if (IsReportDue()) logger.RecordLost(exception, version.Model, version.Version);
            return false;
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
