using Platform.Hosting.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Storage;

public sealed class SecretFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Key => _folder.File("service", "some.key");

    [Fact]
    public void A_key_is_made_once_and_is_for_its_owner_alone()
    {
        var key = SecretFile.ReadOrCreate(Key, 32, () => false);

        Assert.Equal(32, key.Length);
        Assert.Equal(key, SecretFile.ReadOrCreate(Key, 32, () => true));
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(Key) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.Equal([Key], Directory.GetFiles(_folder.File("service")));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(31)]
    [InlineData(33)]
    public void A_key_of_another_length_is_refused_and_left_as_it_is(int length)
    {
        Directory.CreateDirectory(_folder.File("service"));
        File.WriteAllBytes(Key, new byte[length]);

        var refusal = Assert.Throws<InvalidDataException>(() => SecretFile.ReadOrCreate(Key, 32, () => false));

        Assert.Contains($"has {length} bytes, not 32", refusal.Message);
        Assert.Equal(length, new FileInfo(Key).Length);
    }

    [Fact]
    public void A_missing_key_is_refused_where_there_is_data_that_was_made_with_it()
    {
        var refusal = Assert.Throws<InvalidDataException>(() => SecretFile.ReadOrCreate(Key, 32, () => true));

        Assert.Contains("is missing", refusal.Message);
        Assert.False(File.Exists(Key));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Nobody_gets_a_key_that_is_not_on_the_disk(bool failsFlushes)
    {
        var files = new FailingFiles { FailsFlushes = failsFlushes, FailsFolders = !failsFlushes };

        Assert.Throws<IOException>(() => SecretFile.ReadOrCreate(Key, 32, () => false, files));
    }

    public void Dispose() => _folder.Dispose();
}
