using Platform.Registry.Packing;
using Platform.TestKit;

namespace Platform.Registry.Tests.Uploads;

/// <summary>How much of an archive is read to list it.</summary>
public sealed class BoundedReadsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public void Beyond_the_bound_nothing_is_read_however_large_the_buffer_is()
    {
        using var file = File.OpenRead(Hundred());
        using var reads = new BoundedReads(file, 10);

        Assert.Equal(10, reads.Read(new byte[10]));
        Assert.Throws<InvalidDataException>(() => reads.Read(new byte[50]));
        Assert.Equal(11, file.Position);
    }

    [Fact]
    public async Task Once_the_list_is_known_the_files_are_read_without_a_bound()
    {
        using var reads = new BoundedReads(File.OpenRead(Hundred()), 10);
        reads.ReadOn();

        Assert.Equal(60, reads.Read(new byte[60]));
        Assert.Equal(40, await reads.ReadAsync(new byte[60]));
    }

    public void Dispose() => _folder.Dispose();

    private string Hundred()
    {
        var path = _folder.File("hundred");
        File.WriteAllBytes(path, new byte[100]);
        return path;
    }
}
