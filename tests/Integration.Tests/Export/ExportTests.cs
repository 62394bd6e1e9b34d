using System.IO.Compression;
using System.Text.Json.Nodes;
using Platform.Contracts.Inference;
using Platform.Integration.Tests.PredictionLog;
using Platform.Integration.Tests.Servers;
using Platform.TestKit;

namespace Platform.Integration.Tests.Export;

[Collection(MockKafkaCollection.Name)]
public sealed class ExportTests(MockKafkaServer kafka) : IDisposable
{
    private static readonly DateTimeOffset Midnight = DateTimeOffset.Parse("2026-03-04T00:00:00Z");

    private readonly TemporaryFolder _folder = new();

    [Theory]
    [InlineData(".jsonl.zst")]
    [InlineData(".jsonl.gz")]
    [InlineData(".jsonl")]
    public async Task A_range_of_a_running_process_s_own_log_is_exported(string ending)
    {
        await using var writer = await WritingProcess.StartAsync(_folder.Path, []);
        await AppendAsync(writer, 0, 240);

        var (status, said) = await ExportProgram.RunAsync("--data", _folder.Path, "--from", "2026-03-04T01:00", "--to", "2026-03-04T02:00Z", Out(ending));

        Assert.Equal((0, $"60 records in {Out(ending)}\n"), (status, said));
        Assert.Equal(Enumerable.Range(60, 60), Exported(ending).Select(record => int.Parse((string)record["id"]!)));
        Assert.Equal("predictions.prediction-logged.v1", (string?)Exported(ending)[0]["type"]);
    }

    [Fact]
    public async Task A_log_that_is_written_meanwhile_is_exported_whole_and_left_as_it_is()
    {
        using var enough = new CancellationTokenSource();
        var begun = 0;
        await using (var writer = await WritingProcess.StartAsync(_folder.Path, []))
        {
            var writing = Task.Run(async () =>
            {
                // The process commits by itself, every 50 ms.
                for (; !enough.IsCancellationRequested; await Task.Delay(1))
                    writer.Append(new PredictionLogged { Id = $"{Interlocked.Increment(ref begun) - 1}", Subject = "busy", Time = Midnight });
            });
            for (var round = 0; round < 5; round++)
            {
                await Eventually.TrueAsync(() => Volatile.Read(ref begun) > 100 * (round + 1), "records are written");
                var durable = await writer.CommitAsync();

                var (status, said) = await ExportProgram.RunAsync("--data", _folder.Path, "--from", "2026-03-04", "--to", "2026-03-05", Out($"{round}.jsonl"));

                Assert.True(status == 0, said);
                var ids = Exported($"{round}.jsonl").Select(record => int.Parse((string)record["id"]!)).ToList();
                Assert.InRange(ids.Count, durable, begun);
                Assert.Equal(Enumerable.Range(0, ids.Count), ids);
            }
            await enough.CancelAsync();
            await writing;
        }

        var commits = Directory.GetFiles(_folder.File("prediction-log", "log-commits"));
        Assert.Equal(2, commits.Length);
        Assert.All(commits, path => Assert.Equal(512, new FileInfo(path).Length));
    }

    [Fact]
    public async Task A_log_that_is_cut_off_is_exported_as_far_as_it_is_there_and_that_is_told()
    {
        await using (var writer = await WritingProcess.StartAsync(_folder.Path, [])) await AppendAsync(writer, 0, 240);
        using (var segment = new FileStream(_folder.File("prediction-log", "fasterlog.log.0"), FileMode.Open)) segment.SetLength(segment.Length / 2);

        var (status, said) = await ExportProgram.RunAsync("--data", _folder.Path, "--from", "2026-03-04", "--to", "2026-03-05", Out(".jsonl"));

        Assert.Equal(1, status);
        Assert.Contains("of the log are damaged", said);
        var ids = Exported(".jsonl").Select(record => int.Parse((string)record["id"]!)).ToList();
        Assert.InRange(ids.Count, 1, 239);
        Assert.Equal(Enumerable.Range(0, ids.Count), ids);
    }

    [Fact]
    public async Task Of_Kafka_each_record_is_exported_once_though_it_was_sent_twice()
    {
        KeyValuePair<string, string?>[] settings =
        [
            new("PredictionLog:Kafka:BootstrapServers", kafka.BootstrapServers), new("PredictionLog:Kafka:Topic", "exported"),
            new("PredictionLog:Kafka:CreateTopic", "false"),
        ];
        await using (var first = await WritingProcess.StartAsync(_folder.Path, settings))
        {
            await AppendAsync(first, 0, 120);
            await Eventually.TrueAsync(() => first.Totals is { Delivered: 120 }, "the records have arrived");
        }
        WritingProcess.ForgetTheMark(_folder);
        await using var second = await WritingProcess.StartAsync(_folder.Path, settings);
        await Eventually.TrueAsync(() => second.Totals is { Delivered: 120 }, "the records have arrived again");

        var (status, said) = await ExportProgram.RunAsync("--kafka", kafka.BootstrapServers, "--topic", "exported", "--model", "even",
            "--from", "2026-03-04", "--to", "2026-03-04T01:00", Out(".jsonl.zst"));

        Assert.Equal((0, $"30 records in {Out(".jsonl.zst")}\n"), (status, said));
        Assert.Equal(Enumerable.Range(0, 30).Select(n => n * 2), Exported(".jsonl.zst").Select(record => int.Parse((string)record["id"]!)));
    }

    [Theory]
    [InlineData(2, "--from wants a time such as 2026-03-04T05:06:07Z, not 'yesterday'", "--from", "yesterday", "x")]
    [InlineData(2, "--to is missing", "--from", "2026-03-04", "x")]
    [InlineData(2, "--to must lie after --from", "--from", "2026-03-04", "--to", "2026-03-04", "x")]
    [InlineData(2, "unknown option '--colour'", "--colour", "red")]
    [InlineData(1, "There is no prediction log in /nowhere", "--data", "/nowhere", "--from", "2026-03-04", "--to", "2026-03-05", "x")]
    [InlineData(1, "/dev/null is there already.", "--data", "/nowhere", "--from", "2026-03-04", "--to", "2026-03-05", "/dev/null")]
    public async Task What_cannot_be_done_is_said(int status, string message, params string[] arguments)
    {
        var result = await ExportProgram.RunAsync(arguments);

        Assert.Equal(status, result.Status);
        Assert.StartsWith($"error: {message}", result.Said);
    }

    public void Dispose() => _folder.Dispose();

    private string Out(string ending) => _folder.File($"out{ending}");

    /// <summary>A record a minute, of two models in turn.</summary>
    private static async Task AppendAsync(WritingProcess writer, int first, int count)
    {
        for (var n = first; n < first + count; n++)
            writer.Append(new PredictionLogged { Id = $"{n}", Subject = n % 2 == 0 ? "even" : "odd", Time = Midnight.AddMinutes(n) });
        await writer.CommitAsync();
    }

    private List<JsonNode> Exported(string ending)
    {
        using var file = File.OpenRead(Out(ending));
        using Stream plain = ending switch
        {
            ".jsonl.zst" => new MemoryStream(Zstd.Decompress(File.ReadAllBytes(Out(ending)))),
            ".jsonl.gz" => new GZipStream(file, CompressionMode.Decompress),
            _ => file,
        };
        using var lines = new StreamReader(plain);
        return [.. lines.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!)];
    }
}
