using System.Security.Cryptography;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Storage;
using Platform.Hosting.Tests.Storage;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Artifacts;

public sealed class FileArtifactStoreTests : IDisposable
{
    private static readonly byte[] Content = RandomNumberGenerator.GetBytes(300_000);
    private static readonly string ContentSha256 = Convert.ToHexStringLower(SHA256.HashData(Content));
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly TemporaryFolder _folder = new();
    private readonly FileArtifactStore _store;

    public FileArtifactStoreTests() => _store = Open();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_stored_artifact_is_found_by_its_digest()
    {
        var stored = await _store.PutAsync(new MemoryStream(Content), Content.Length, None);

        Assert.Equal((ContentSha256, Content.Length), (stored.Sha256, stored.SizeBytes));
        Assert.Equal(stored.Path, _store.FindPath(ContentSha256));
        Assert.Equal(Content, await File.ReadAllBytesAsync(stored.Path));
    }

    [Fact]
    public async Task An_artifact_is_still_there_after_a_restart()
    {
        await _store.PutAsync(new MemoryStream(Content), long.MaxValue, None);

        Assert.NotNull(Open().FindPath(ContentSha256));
    }

    [Theory]
    [InlineData("flip")]
    [InlineData("cut")]
    [InlineData("swap")]
    public async Task A_damaged_artifact_is_none_until_the_same_content_is_stored_again(string how)
    {
        var stored = await _store.PutAsync(new MemoryStream(Content), long.MaxValue, None);
        Assert.NotNull(_store.FindPath(ContentSha256));
        var damaged = how == "cut" ? Content[..^1] : [.. Content];
        if (how == "flip") damaged[1000] ^= 1;
        if (how == "swap") RandomNumberGenerator.Fill(damaged);
        await File.WriteAllBytesAsync(stored.Path, damaged);
        File.SetLastWriteTimeUtc(stored.Path, DateTime.UtcNow.AddMinutes(1)); // whatever the resolution of the clock is

        Assert.Null(_store.FindPath(ContentSha256));
        Assert.Equal([ContentSha256], _store.Damaged);
        Assert.Equal([ContentSha256], Open().Damaged);
        await _store.PutAsync(new MemoryStream(Content), long.MaxValue, None);

        Assert.Equal(Content, await File.ReadAllBytesAsync(_store.FindPath(ContentSha256)!));
        Assert.Empty(_store.Damaged);
    }

    [Fact]
    public async Task A_file_that_rots_with_time_is_noticed_although_nothing_tells_that_it_was_changed()
    {
        var time = new SteppedTime();
        var store = new FileArtifactStore(_folder.Path, new DurableFiles(), time, NullLogger.Instance);
        var path = (await store.PutAsync(new MemoryStream(Content), long.MaxValue, None)).Path;
        Assert.NotNull(store.FindPath(ContentSha256));
        var written = File.GetLastWriteTimeUtc(path);
        await File.WriteAllBytesAsync(path, [.. Content[..^1], (byte)(Content[^1] ^ 1)]);
        File.SetLastWriteTimeUtc(path, written);

        time.Passed += TimeSpan.FromHours(1);

        Assert.Null(store.FindPath(ContentSha256));
    }

    [Fact]
    public async Task The_same_content_is_stored_once()
    {
        var first = await _store.PutAsync(new MemoryStream(Content), long.MaxValue, None);
        var second = await _store.PutAsync(new MemoryStream(Content), long.MaxValue, None);

        Assert.Equal(first, second);
        Assert.Single(Files());
    }

    [Fact]
    public async Task The_same_content_stored_by_many_at_once_is_stored_once()
    {
        var stored = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => _store.PutAsync(new MemoryStream(Content), long.MaxValue, None)));

        Assert.Single(stored.Distinct());
        Assert.Single(Files());
    }

    [Fact]
    public async Task One_byte_too_many_is_refused_and_leaves_nothing_behind()
    {
        var refusal = await Assert.ThrowsAsync<ArtifactTooLargeException>(() =>
            _store.PutAsync(new MemoryStream(Content), Content.Length - 1, None));

        Assert.Equal(Content.Length - 1, refusal.MaxBytes);
        Assert.Empty(Files());
    }

    [Fact]
    public async Task An_upload_that_breaks_off_leaves_nothing_behind()
    {
        await Assert.ThrowsAsync<IOException>(() => _store.PutAsync(new BrokenStream(), long.MaxValue, None));

        Assert.Empty(Files());
    }

    [Fact]
    public async Task What_is_staged_can_be_read_but_is_no_artifact_until_it_is_kept()
    {
        using (var staged = await _store.StageAsync(new MemoryStream(Content), long.MaxValue, None))
        {
            Assert.Equal(Content, await File.ReadAllBytesAsync(staged.Path));
            Assert.Null(_store.FindPath(staged.Sha256));
            staged.Keep();
        }

        Assert.Equal(Content, await File.ReadAllBytesAsync(_store.FindPath(ContentSha256)!));
    }

    [Fact]
    public async Task What_is_staged_and_not_kept_leaves_nothing_behind_even_if_the_same_content_was_stored_before()
    {
        await _store.PutAsync(new MemoryStream(Content), long.MaxValue, None);
        (await _store.StageAsync(new MemoryStream(Content), long.MaxValue, None)).Dispose();

        Assert.NotNull(_store.FindPath(ContentSha256));
        Assert.Single(Files());
    }

    [Fact]
    public void What_a_crash_left_in_the_middle_of_an_upload_is_removed_at_the_next_start()
    {
        File.WriteAllText(_folder.File("incoming", "left"), "half a model");

        Open();

        Assert.Empty(Files());
    }

    [Fact]
    public async Task What_another_process_is_receiving_is_left_alone()
    {
        using var staged = await _store.StageAsync(new MemoryStream(Content), long.MaxValue, None);

        Open();

        Assert.True(File.Exists(staged.Path));
        Assert.Equal(ContentSha256, staged.Keep().Sha256);
    }

    /// <summary>As a promotion does that meets another one at the same model, and decides again.</summary>
    [Fact]
    public async Task What_is_kept_can_be_kept_again()
    {
        using var staged = await _store.StageAsync(new MemoryStream(Content), long.MaxValue, None);

        Assert.Equal(staged.Keep(), staged.Keep());
        Assert.Equal(Content, await File.ReadAllBytesAsync(_store.FindPath(ContentSha256)!));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_does_not_reach_the_disk_is_no_artifact_and_can_be_stored_again(bool failsFolders)
    {
        var files = new FailingFiles();
        var store = new FileArtifactStore(_folder.Path, files, TimeProvider.System, NullLogger.Instance);
        (files.FailsFolders, files.FailsFlushes) = (failsFolders, !failsFolders);
        for (var attempt = 0; attempt < 2; attempt++)
            await Assert.ThrowsAsync<IOException>(() => store.PutAsync(new MemoryStream(Content), long.MaxValue, None));
        (files.FailsFolders, files.FailsFlushes) = (false, false);

        var stored = await store.PutAsync(new MemoryStream(Content), long.MaxValue, None);

        Assert.Equal(Content, await File.ReadAllBytesAsync(stored.Path));
    }

    [Fact]
    public async Task A_damaged_artifact_is_replaced_when_it_is_stored_again()
    {
        var stored = await _store.PutAsync(new MemoryStream(Content), long.MaxValue, None);
        File.WriteAllText(stored.Path, "damaged");

        await _store.PutAsync(new MemoryStream(Content), long.MaxValue, None);

        Assert.Equal(Content, await File.ReadAllBytesAsync(stored.Path));
    }

    [Theory]
    [InlineData("")]
    [InlineData("abc")]
    [InlineData("../../../../../../../../../../../../../../../../../../../etc/passwd")]
    [InlineData("E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855")]
    [InlineData("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855")]
    public void What_is_not_the_digest_of_an_artifact_is_not_found(string digest) => Assert.Null(_store.FindPath(digest));

    private FileArtifactStore Open() => new(_folder.Path, new DurableFiles(), TimeProvider.System, NullLogger.Instance);

    private string[] Files() => Directory.GetFiles(_folder.Path, "*", SearchOption.AllDirectories);

    private sealed class BrokenStream : MemoryStream
    {
        private bool _hasSent;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_hasSent) throw new IOException("The connection was closed.");
            _hasSent = true;
            return ValueTask.FromResult(buffer.Length);
        }
    }

    private sealed class SteppedTime : TimeProvider
    {
        public TimeSpan Passed { get; set; }

        public override long GetTimestamp() => Passed.Ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    }
}
