using Confluent.Kafka;

namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>
/// Why a broker was not believed, or did not believe us. The client knows such a failure from an outage, tries again as after one, and
/// tells of it, where it stays the same, every half a minute.
/// </summary>
internal sealed class KafkaTrust(TimeProvider time, ILogger<KafkaTrust> logger)
{
    private static readonly TimeSpan Recent = TimeSpan.FromMinutes(1);

    private volatile Told? _last;

    /// <summary>In a sentence; null when there was none of late.</summary>
    public string? Refusal => _last is { } last && time.GetElapsedTime(last.At) < Recent ? $"Kafka is not believed, or does not believe us: {last.Reason}" : null;

    /// <summary>Takes note of a client's error; false when it is about something else.</summary>
    public bool Note(Error error)
    {
        if (error.Code is not (ErrorCode.Local_Ssl or ErrorCode.Local_Authentication)) return false;
        var isNew = Refusal is null;
        _last = new Told(error.Reason, time.GetTimestamp());
        if (isNew) KafkaLog.NotTrusted(logger, error.Reason);
        return true;
    }

    private sealed record Told(string Reason, long At);
}
