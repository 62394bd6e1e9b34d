using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Files;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Simulation;

/// <summary>
/// Records and commits of the prediction log on a disk that fails. After each death of its process exactly a prefix of the records is there, in
/// order, and all that a commit was told of.
/// </summary>
internal sealed class PredictionLogHistory(int seed, DiskFlaw flaw)
{
    private const int Sessions = 4;
    private const int Steps = 12;

    private static readonly PredictionLogOptions Small = new()
    {
        PageBytes = 1 << 16, MemoryBytes = 1 << 18, SegmentBytes = 1 << 20, RetryInterval = TimeSpan.FromMilliseconds(1),
    };

    private readonly Random _random = new(seed);
    private readonly List<string> _records = [];
    private int _durable;
    private int _next;

    public async Task RunAsync()
    {
        using var folder = new TemporaryFolder();
        var disk = new FaultyDisk(new Random(~seed), flaw);
        for (var session = 0; session < Sessions; session++)
        {
            disk.Trouble(_random.NextDouble() < 0.3 ? 0 : _random.NextDouble() * 0.3, _random.Next(3) == 0 ? int.MaxValue : _random.Next(80));
            await LiveAsync(folder.Path, disk);
            disk.Restart(losesPower: _random.Next(2) == 0);
            await CheckAsync(folder.Path, disk);
            disk.Restart(losesPower: _random.Next(2) == 0);
        }
    }

    private async Task LiveAsync(string folder, FaultyDisk disk)
    {
        try
        {
            using var metrics = new PredictionLogMetrics();
            using var log = Open(folder, disk, metrics);
            for (var step = 0; step < Steps && !disk.IsDead; step++)
            {
                Append(log, _random.Next(1, 20));
                if (_random.Next(3) > 0) await CommitAsync(log, disk);
            }
            disk.Die();
        }
        catch (IOException)
        {
            // It could not be opened, and the process ends.
            disk.Die();
        }
    }

    private void Append(FasterPredictionLog log, int count)
    {
        for (var n = 0; n < count; n++)
        {
            var id = $"{_next++}";
            try
            {
                log.Append(Encoding.UTF8.GetBytes($$"""{"id":"{{id}}","subject":"{{new string('x', _random.Next(5000))}}"}"""));
                _records.Add(id);
            }
            catch (IOException)
            {
                // It was refused, and its writer counts it.
            }
        }
    }

    /// <summary>Commits, however often that takes, unless the process dies over it.</summary>
    private async Task CommitAsync(FasterPredictionLog log, FaultyDisk disk)
    {
        var committing = log.CommitAsync(CancellationToken.None);
        await Task.WhenAny(committing, disk.Death).PatientlyAsync();
        if (disk.IsDead) log.Dispose();
        try
        {
            await committing.PatientlyAsync();
            if (!disk.IsDead) _durable = _records.Count;
        }
        catch (IOException)
        {
            // It was closed before.
        }
    }

    private async Task CheckAsync(string folder, FaultyDisk disk)
    {
        using var metrics = new PredictionLogMetrics();
        using var log = Open(folder, disk, metrics);
        var held = (int)log.Records;
        Assert.InRange(held, _durable, _records.Count);
        _records.RemoveRange(held, _records.Count - held);
        Append(log, 3);
        await log.CommitAsync(CancellationToken.None).PatientlyAsync();
        _durable = _records.Count;
        Assert.Null(log.Degradation);
        Assert.Equal(_records, ForeignLog.Read(Path.Combine(folder, "prediction-log"), Small)
            .Select(json => PredictionLogEntry.Read(LogPosition.Beginning, json!.Value).Id));
        if (_random.Next(2) == 0) disk.Die();
    }

    private static FasterPredictionLog Open(string folder, FaultyDisk disk, PredictionLogMetrics metrics) => new(
        Options.Create(new StorageOptions { Directory = folder }), Options.Create(Small), metrics, disk, TimeProvider.System,
        NullLogger<FasterPredictionLog>.Instance);
}
