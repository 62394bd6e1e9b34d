using System.Collections.Concurrent;

namespace Platform.Hosting.PredictionLog;

/// <summary>Tells of what is damaged in the log: once for each place, whoever comes by.</summary>
internal sealed partial class LogDamage(string folder, PredictionLogMetrics metrics, ILogger logger)
{
    // A disk that goes bad as a whole must not fill the log of the process.
    private const int MaxPlaces = 1000;

    private readonly ConcurrentDictionary<long, byte> _told = [];
    private readonly ConcurrentDictionary<long, byte> _counted = [];

    /// <summary>How many damaged places have been met.</summary>
    public int Places => _told.Count;

    /// <summary>What a person is told; null when nothing was met that is damaged.</summary>
    public string? Degradation => Places == 0 ? null
        : $"damaged at {Places} places in '{folder}', which are passed over; the first is address {_told.Keys.Min()}";

    /// <summary>Something at <paramref name="address"/> cannot be read; of <paramref name="records"/> records it is known that they are lost.</summary>
    public void Found(long address, long records)
    {
        if (_told.Count < MaxPlaces && _told.TryAdd(address, 0)) Damaged(logger, folder, address);
        if (records > 0 && (_counted.Count >= MaxPlaces || _counted.TryAdd(address, 0))) Count(address, records);
    }

    private void Count(long address, long records)
    {
        metrics.Unreadable(records);
        if (_counted.Count < MaxPlaces) Lost(logger, records, address);
    }

    [LoggerMessage(LogLevel.Error, "The prediction log in {Folder} is damaged at address {Address}; reading goes on behind it")]
    private static partial void Damaged(ILogger logger, string folder, long address);

    [LoggerMessage(LogLevel.Error, "{Records} records of the prediction log at address {Address} are lost")]
    private static partial void Lost(ILogger logger, long records, long address);
}
