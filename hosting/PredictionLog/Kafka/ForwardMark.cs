using System.Text.Json;
using Platform.Hosting.Storage;

namespace Platform.Hosting.PredictionLog.Kafka;

/// <summary>How far the forwarder came, and what has become of the records up to there.</summary>
/// <param name="Spool">Names this local log in every record that comes from it.</param>
/// <param name="Address">Where the last record that is done lies in the log; 0 before the first.</param>
/// <param name="Number">Its number.</param>
/// <param name="Delivered">Records that Kafka has acknowledged.</param>
/// <param name="Dropped">Records that the disk bound, or the broker for good, has refused.</param>
internal sealed record ForwardMark(string Spool, long Address, long Number, long Delivered, long Dropped)
{
    public static ForwardMark New() => new(Guid.NewGuid().ToString("n")[..16], 0, 0, 0, 0);

    /// <summary>The mark after one more record.</summary>
    /// <param name="address">Where it lies.</param>
    /// <param name="number">Its number: a gap before it was dropped.</param>
    /// <param name="isDelivered">Whether Kafka has it.</param>
    public ForwardMark Pass(long address, long number, bool isDelivered) => this with
    {
        Address = address,
        Number = number,
        Delivered = Delivered + (isDelivered ? 1 : 0),
        Dropped = Dropped + (number - Number - 1) + (isDelivered ? 0 : 1),
    };
}

/// <summary>The mark on disk, beside the log.</summary>
internal sealed class ForwardMarkFile(string folder)
{
    private readonly DurableFiles _files = new();
    private readonly string _path = Path.Combine(folder, "forwarded.json");

    /// <summary>The mark; a new one, already stored, when there is none: its spool must never change.</summary>
    public ForwardMark Read()
    {
        if (File.Exists(_path))
            return JsonSerializer.Deserialize<ForwardMark>(File.ReadAllBytes(_path), PlatformJson.Tolerant)!;
        var mark = ForwardMark.New();
        Write(mark);
        return mark;
    }

    public void Write(ForwardMark mark)
    {
        _files.Replace(_path, JsonSerializer.SerializeToUtf8Bytes(mark, PlatformJson.Tolerant));
        _files.SyncFolder(folder);
    }
}
