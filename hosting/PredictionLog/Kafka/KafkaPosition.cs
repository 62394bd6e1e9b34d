using System.Text.Json;

namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>
/// A place in the topic: for each partition the next offset, and the last number that was seen of each spool, by which a record
/// that was sent twice is recognised. As a <see cref="LogPosition"/> it is JSON.
/// </summary>
internal sealed class KafkaPosition
{
    private readonly SortedDictionary<int, PartitionPosition> _partitions;

    private KafkaPosition(SortedDictionary<int, PartitionPosition> partitions) => _partitions = partitions;

    /// <summary>Reads a position; anything else, such as that of a local log, means the beginning.</summary>
    public static KafkaPosition Read(LogPosition position)
    {
        try
        {
            if (position.Token.StartsWith('{'))
                return new(JsonSerializer.Deserialize<SortedDictionary<int, PartitionPosition>>(position.Token, PlatformJson.Tolerant)!);
        }
        catch (JsonException)
        {
            // Not one of ours.
        }
        return new([]);
    }

    /// <summary>The partitions that have been read.</summary>
    public IEnumerable<KeyValuePair<int, PartitionPosition>> Partitions => _partitions;

    /// <summary>Where reading of a partition stands.</summary>
    public PartitionPosition this[int partition]
    {
        get
        {
            if (_partitions.TryGetValue(partition, out var position)) return position;
            return _partitions[partition] = new PartitionPosition();
        }
    }

    public LogPosition Write() => new(JsonSerializer.Serialize(_partitions, PlatformJson.Tolerant));
}

/// <summary>Where reading of one partition stands.</summary>
internal sealed class PartitionPosition
{
    /// <summary>Spools that are remembered: those of the processes that wrote last.</summary>
    private const int MaxSpools = 64;

    /// <summary>The next offset to read; null for the oldest that is kept.</summary>
    public long? Next { get; set; }

    /// <summary>By spool, the last number and the offset at which it was seen.</summary>
    public Dictionary<string, SeenNumber> Seen { get; set; } = [];

    /// <summary>Whether the record had not been seen yet; from now on it has.</summary>
    public bool IsNew(SpoolNumber? record, long offset)
    {
        if (record is not { } numbered) return true; // somebody else's record, without a number
        if (Seen.TryGetValue(numbered.Spool, out var last) && numbered.Number <= last.Number) return false;
        Seen[numbered.Spool] = new SeenNumber(numbered.Number, offset);
        if (Seen.Count > MaxSpools) Seen.Remove(Seen.MinBy(spool => spool.Value.Offset).Key);
        return true;
    }
}

/// <summary>The last number of a spool.</summary>
internal readonly record struct SeenNumber(long Number, long Offset);
