using Platform.Hosting.Documents;
using Platform.Monitor.State;
using Platform.Monitor.Versions;
using Platform.Monitor.Windows;

namespace Platform.Monitor.Tests.Windows;

public sealed class VersionBookTests
{
    private static readonly VersionKey Busy = new("busy", "1");
    private static readonly VersionKey Quiet = new("quiet", "1");

    private readonly VersionBook _book = new();

    [Fact]
    public void The_version_with_the_most_windows_gives_up_its_oldest_when_there_are_too_many()
    {
        var options = new WindowOptions { Keep = 10, KeepTotal = 6 };
        Close(Quiet, 2, options);
        Close(Busy, 8, options);

        Assert.Equal(4, _book.Find(Busy)!.Kept);
        Assert.Equal(2, _book.Find(Quiet)!.Kept);
        var batch = new DocumentBatch();
        _book.Flush(batch);
        Assert.Equal(4, batch.Writes.Count(write => write is { Collection: Collections.Windows, Value: null }));
        Assert.Equal(4, batch.Writes.Count(write => write is { Collection: Collections.Performance, Value: null }));
    }

    [Fact]
    public void No_version_keeps_more_than_its_own_bound()
    {
        Close(Busy, 8, new() { Keep = 3 });

        Assert.Equal((6, 9), (_book.Find(Busy)!.FirstSequence, _book.Find(Busy)!.NextSequence));
    }

    private void Close(VersionKey key, int windows, WindowOptions options)
    {
        for (var window = 0; window < windows; window++)
        {
            var version = _book.GetOrAdd(key);
            _book.Close(version, new() { Sequence = version.NextSequence, Quality = new(0, []), System = new() }, options);
        }
    }
}
