using System.IO.Hashing;
using System.Runtime.InteropServices;
using Platform.Hosting.PredictionLog;
using Platform.Inference.Models;
using Platform.Inference.Predictions;

namespace Platform.Inference.Recording;

/// <summary>Appends a prediction to the log once its reply has gone. A record that cannot be written is counted and logged.</summary>
internal sealed class PredictionRecorder(IPredictionLogWriter log, ILogger<PredictionRecorder> logger)
{
    public void Record(LoadedVersion version, Prediction prediction)
    {
        if (!IsSampled(version.Records.Share, prediction.Facts.Id)) return;
        try
        {
            version.Records.Write(prediction.Record, prediction);
            log.Append(prediction.Record.Written);
        }
#pragma warning disable CA1031 // the reply has gone: a failing log must not turn it into an error, nor pass unseen
        catch (Exception exception)
#pragma warning restore CA1031
        {
            version.CountLostRecord();
            logger.RecordLost(exception, version.Model, version.Version);
        }
    }

    /// <summary>The same id is always decided alike, so that a prediction repeated under its id is not logged now and then.</summary>
    private static bool IsSampled(double share, string id) =>
        share >= 1 || XxHash3.HashToUInt64(MemoryMarshal.AsBytes(id.AsSpan())) < share * ulong.MaxValue;
}
