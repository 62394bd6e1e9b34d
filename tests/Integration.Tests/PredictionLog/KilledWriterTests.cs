using System.Diagnostics;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;

namespace Platform.Integration.Tests.PredictionLog;

[Collection(MockKafkaCollection.Name)]
public sealed class KilledWriterTests(MockKafkaServer kafka)
{
    [Fact]
    public async Task A_process_killed_while_it_forwards_loses_and_doubles_no_record_that_was_durable()
    {
        using var folder = new TemporaryFolder();
        var settings = new Dictionary<string, string?>
        {
            ["PredictionLog:Kafka:BootstrapServers"] = kafka.BootstrapServers,
            ["PredictionLog:Kafka:Topic"] = $"topic-{Guid.NewGuid():n}",
            ["PredictionLog:Kafka:CreateTopic"] = "false",
        };
        var state = new ReadState();
        await using var reader = ReadingProcess.Start(state, settings);
        var durable = 0;
        for (var round = 1; round <= 3; round++) durable = await WriteUntilKilledAsync(folder.Path, settings, durable + 1500);

        await using var last = await WritingProcess.StartAsync(folder.Path, settings);
        var written = (int)await last.CommitAsync();
        await state.AtLeastAsync(written);

        Assert.True(written >= durable, $"{durable} records were durable, {written} are left");
        state.AssertCompleteAndOrdered(written);
        await Eventually.TrueAsync(() => last.Totals.Spooled == 0, "everything is acknowledged");
        Assert.Equal((written, written, 0), (last.Totals.Accepted, last.Totals.Delivered, last.Totals.Dropped));
    }

    /// <summary>Lets a process write until that many records are durable, kills it, and returns how many it said were.</summary>
    private static async Task<int> WriteUntilKilledAsync(string folder, Dictionary<string, string?> settings, int atLeast)
    {
        var arguments = settings.Select(setting => $"{setting.Key}={setting.Value}");
        var start = new ProcessStartInfo("dotnet", [typeof(KilledWriterTests).Assembly.Location, folder, .. arguments])
        {
            RedirectStandardOutput = true,
        };
        using var process = Process.Start(start)!;
        var durable = 0;
        while (await process.StandardOutput.ReadLineAsync().PatientlyAsync() is { } line)
        {
            durable = int.Parse(line);
            if (durable >= atLeast && !process.HasExited) process.Kill();
        }
        await process.WaitForExitAsync();
        return durable;
    }
}
