using Platform.Hosting.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Storage;

public sealed class DurableFilesTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    /// <summary>/dev/null has no disk, and fsync says so: the nearest there is to a disk that fails, without one.</summary>
    [Fact]
    public void What_fsync_refuses_is_an_exception()
    {
        using var nowhere = File.OpenHandle("/dev/null", FileMode.Open, FileAccess.Write);

        var refusal = Assert.Throws<IOException>(() => new DurableFiles().Flush(nowhere));

        Assert.StartsWith("fsync failed", refusal.Message);
    }

    [Fact]
    public void A_folder_is_made_with_those_above_it()
    {
        var made = new DurableFiles().CreateFolder(_folder.File("a", "b", "c"));

        Assert.True(Directory.Exists(made));
    }

    [Fact]
    public void A_folder_whose_name_is_not_on_the_disk_is_not_taken_for_one_that_is()
    {
        var files = new FailingFiles { FailsFolders = true };

        Assert.Throws<IOException>(() => files.CreateFolder(_folder.File("a")));

        Assert.False(Directory.Exists(_folder.File("a")));
    }

    public void Dispose() => _folder.Dispose();
}
