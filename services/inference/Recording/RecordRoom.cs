using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Packing;
using Platform.Inference.Protocol;

namespace Platform.Inference.Recording;

/// <summary>
/// Says whether a record that is being written still fits where records must. Its JSON is measured exactly, but only where it could be too long:
/// nothing in a packed record grows by more than <see cref="MostGrowth"/> when it is unpacked.
/// </summary>
internal struct RecordRoom(RecordLimits limits)
{
    private const int MostGrowth = 12;

    /// <summary>Up to here the record has been measured.</summary>
    private int _packed = 1;
    private int _json;

    /// <summary>Whether there is room for what is written, and for <paramref name="reserve"/> bytes more. What was held stays written.</summary>
    public bool Holds(ByteBuffer record, long reserve)
    {
        if (record.Length + reserve > limits.PackedBytes) return false;
        if ((long)record.Length * MostGrowth + reserve <= limits.JsonBytes) return true;
        var json = _json + PackedRecord.JsonLength(record.Written[_packed..]);
        if (json + reserve > limits.JsonBytes) return false;
        (_packed, _json) = (record.Length, json);
        return true;
    }
}
