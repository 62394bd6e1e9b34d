using Platform.Hosting.Launching;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Launching;

public sealed class DataFolderTests : IDisposable
{
    private readonly TemporaryFolder _parent = new();

    public void Dispose() => _parent.Dispose();

    [Fact]
    public void A_missing_folder_is_made()
    {
        Assert.True(DataFolder.TryTake(_parent.File("a", "b"), out var folder, out _));
        Assert.True(Directory.Exists(folder.Path));
        folder.Dispose();
    }

    [Fact]
    public void A_folder_that_is_taken_is_refused()
    {
        Assert.True(DataFolder.TryTake(_parent.Path, out var first, out _));
        Assert.False(DataFolder.TryTake(_parent.Path, out _, out var reason));
        Assert.Contains("in use by another process", reason, StringComparison.Ordinal);
        first.Dispose();
        Assert.True(DataFolder.TryTake(_parent.Path, out var again, out _));
        again.Dispose();
    }

    [Fact]
    public void What_is_no_folder_is_refused()
    {
        File.WriteAllText(_parent.File("file"), "");
        Assert.False(DataFolder.TryTake(_parent.File("file"), out _, out var reason));
        Assert.Contains("cannot be used", reason, StringComparison.Ordinal);
    }
}
