using Platform.Standalone.Logs;
using Platform.TestKit;

namespace Platform.Standalone.Tests.Logs;

public sealed class LogFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Lines_are_appended_to_what_an_earlier_run_wrote()
    {
        using (var first = new LogFile(_folder.Path)) first.Append("one\n");
        using (var second = new LogFile(_folder.Path)) second.Append("two\n");
        Assert.Equal("one\ntwo\n", File.ReadAllText(_folder.File("platform.jsonl")));
    }

    [Fact]
    public void A_full_file_is_set_aside_and_only_the_youngest_are_kept()
    {
        using var file = new LogFile(_folder.Path, maxBytes: 4);
        for (var i = 0; i < 8; i++) file.Append($"no {i}\n");
        var aside = Directory.GetFiles(_folder.Path, "platform-*.jsonl").Order(StringComparer.Ordinal).Select(File.ReadAllText);
        Assert.Equal(["no 3\n", "no 4\n", "no 5\n", "no 6\n", "no 7\n"], aside);
    }

    [Fact]
    public void A_full_disk_costs_the_entries_of_that_time_and_logging_goes_on_when_there_is_room()
    {
        var full = _folder.File("platform.jsonl");
        File.CreateSymbolicLink(full, "/dev/full");
        var time = new SteppedTime();
        using var file = new LogFile(_folder.Path, time: time);
        file.Append("lost\n");
        File.Delete(full);
        file.Append("lost, too: it is not tried with every entry\n");
        time.Now += TimeSpan.FromSeconds(6);

        file.Append("kept\n");
        file.Append("kept, too\n");

        Assert.Equal("\nkept\nkept, too\n", File.ReadAllText(full));
    }

    private sealed class SteppedTime : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = DateTimeOffset.UnixEpoch;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
