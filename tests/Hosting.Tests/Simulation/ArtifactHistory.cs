using Microsoft.Extensions.Logging.Abstractions;
using Platform.Hosting.Artifacts;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Simulation;

/// <summary>Uploads to a disk that fails, the same content again and again: what was acknowledged is there and whole, and what is there is whole.</summary>
internal sealed class ArtifactHistory(int seed, DiskFlaw flaw)
{
    private const int Sessions = 4;
    private const int Steps = 12;
    private const int Contents = 6;

    private readonly Random _random = new(seed);
    private readonly Dictionary<string, byte[]> _acknowledged = [];

    public async Task RunAsync()
    {
        using var folder = new TemporaryFolder();
        var disk = new FaultyDisk(new Random(~seed), flaw);
        for (var session = 0; session < Sessions; session++)
        {
            disk.Trouble(_random.NextDouble() * 0.4, _random.Next(3) == 0 ? int.MaxValue : _random.Next(60));
            await LiveAsync(folder.Path, disk);
            disk.Restart(losesPower: _random.Next(2) == 0);
            Check(folder.Path, disk);
        }
    }

    private async Task LiveAsync(string folder, FaultyDisk disk)
    {
        for (var step = 0; step < Steps && !disk.IsDead; step++)
        {
            try
            {
                await StoreAsync(Open(folder, disk));
            }
            catch (IOException)
            {
                // Nothing was acknowledged.
            }
        }
        disk.Die();
    }

    private async Task StoreAsync(FileArtifactStore store)
    {
        var which = _random.Next(Contents);
        var content = new byte[1 + (which * 3000)];
        new Random(which).NextBytes(content);
        using var staged = await store.StageAsync(stream => stream.WriteAsync(content).AsTask(), long.MaxValue, CancellationToken.None);
        _acknowledged[staged.Keep().Sha256] = content;
    }

    private void Check(string folder, FaultyDisk disk)
    {
        var store = Open(folder, disk);
        foreach (var (sha256, content) in _acknowledged)
        {
            var path = store.FindPath(sha256);
            Assert.True(path is not null, $"{sha256} was acknowledged and is gone.");
            Assert.Equal(content, File.ReadAllBytes(path));
        }
        Assert.Empty(store.Damaged);
    }

    private static FileArtifactStore Open(string folder, FaultyDisk disk) =>
        new(Path.Combine(folder, "artifacts"), disk, TimeProvider.System, NullLogger.Instance);
}
