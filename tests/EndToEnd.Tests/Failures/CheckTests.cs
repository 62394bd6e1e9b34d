using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestKit.Running;

namespace Platform.EndToEnd.Tests.Failures;

/// <summary><c>./dev check</c> on what a short run leaves behind.</summary>
[Collection(OverWrittenData.Name)]
public sealed class CheckTests(WrittenData written) : IDisposable
{
    private readonly TemporaryFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task What_a_killed_process_leaves_is_clean_and_looking_changes_nothing()
    {
        written.CopyKilledTo(_data);
        var before = Contents();

        var (status, said) = await CheckAsync();

        Assert.True(status == 0, said);
        Assert.DoesNotContain("fault:", said);
        Assert.Equal(before, Contents());
    }

    [Fact]
    public async Task A_folder_that_a_process_has_open_is_not_looked_at()
    {
        await using var process = await WrittenData.StartAsync(_data);

        var (status, said) = await CheckAsync("--repair");

        Assert.Equal(2, status);
        Assert.Contains("stop it first", said);
    }

    [Theory]
    [InlineData("--data", "/nowhere/at/all")]
    [InlineData("--unknown")]
    public async Task What_cannot_be_done_is_told_with_how_it_is_called(params string[] arguments)
    {
        var (status, said) = await CheckAsync(arguments);

        Assert.Equal(2, status);
        Assert.Contains("Usage: ./dev check", said);
    }

    /// <summary>Of a kind that is lost as a whole the folder is named; what is copied from elsewhere at each start, or may be taken away, is not missed.</summary>
    [Theory]
    [InlineData("flip")]
    [InlineData("cut")]
    [InlineData("delete")]
    [InlineData("swap")]
    public async Task Every_kind_of_file_that_is_damaged_is_named(string how)
    {
        written.CopyStoppedTo(_data);
        var files = Files().Where(file => !IsOutOfScope(file)).ToList();
        // Without its account nobody knows how many documents there were: those come in a second round.
        foreach (var round in new[] { files.Where(file => !IsTold(file)), files.Where(IsTold) })
        {
            var damaged = round.GroupBy(file => file.StartsWith("artifacts/", StringComparison.Ordinal) || IsTold(file) ? file : Path.GetDirectoryName(file))
                .Select(kind => kind.First()).Where(file => how == "delete" || new FileInfo(Full(file)).Length > 0).ToList();
            var whole = damaged.ToDictionary(file => file, file => File.ReadAllBytes(Full(file)));
            foreach (var file in damaged) Damaging.Do(Full(file), how);

            var (status, said) = await CheckAsync("--json");

            Assert.True(status == 1, said);
            var named = JsonNode.Parse(said)!["faults"]!.AsArray().Select(fault => (string)fault!["file"]!).ToHashSet();
            Assert.Equal([], damaged.Select(file => NameOf(file, how)).OfType<string>().Except(named));
            foreach (var (file, content) in whole) File.WriteAllBytes(Full(file), content);
        }
        Assert.Equal(0, (await CheckAsync()).Status);
    }

    [Fact]
    public async Task What_is_damaged_is_set_aside_and_what_can_be_had_again_is_there_again()
    {
        written.CopyStoppedTo(_data);
        var files = Files();
        var model = files.First(file => file.StartsWith("artifacts/", StringComparison.Ordinal));
        Directory.CreateDirectory(Path.GetDirectoryName(Full($"services/inference-1/{model}"))!);
        File.Copy(Full(model), Full($"services/inference-1/{model}"));
        string[] damaged =
        [
            model, "registry/account.json", "inference/callback.secret",
            files.First(file => file.StartsWith("registry/documents/history/", StringComparison.Ordinal)),
            files.First(file => file.StartsWith("registry/events/", StringComparison.Ordinal)),
            files.First(file => file.StartsWith("prediction-log/log-commits/", StringComparison.Ordinal)),
            files.First(file => file.StartsWith("prediction-log/fasterlog", StringComparison.Ordinal)),
        ];
        foreach (var file in damaged) Damaging.Do(Full(file), "flip");
        var bad = damaged.Select(file => File.ReadAllBytes(Full(file))).ToList();

        var (status, said) = await CheckAsync("--repair");

        Assert.True(status == 1, said); // something is lost
        Assert.DoesNotContain("fault:", said);
        Assert.All(damaged, file => Assert.Contains($": {file}", said));
        Assert.Contains($"from services/inference-1/{model}", said);
        var kept = Directory.GetFiles(_data.Path, "*", SearchOption.AllDirectories).Where(path => path.Contains("/damaged/", StringComparison.Ordinal)).Select(File.ReadAllBytes).ToList();
        Assert.All(bad, content => Assert.Contains(kept, copy => copy.AsSpan().IndexOf(content.AsSpan().Trim((byte)0)) >= 0));
        Assert.Equal((0, 0), ((await CheckAsync()).Status, (await CheckAsync("--repair")).Status));

        await using var process = await WrittenData.StartAsync(_data);
        using var api = new PlatformApi(process.Address);
        await api.UntilReadyAsync("credit");
        await api.PredictManyAsync("credit", CreditSample.Usual.Take(5));
        Assert.Equal(0, await process.StopAsync(Eventually.Patience));
        Assert.Equal(0, (await CheckAsync()).Status);
    }

    private static bool IsTold(string file) => Path.GetFileName(file) is "account.json" or "callback.secret";

    private static bool IsOutOfScope(string file) => Path.GetFileName(file) == "lock" || file.StartsWith("logs/", StringComparison.Ordinal);

    private static string? NameOf(string file, string how) => (Path.GetFileName(file), Path.GetDirectoryName(file), how) switch
    {
        ("callback.secret", _, "delete") => null, // written again at the next start
        (_, "prediction-log/log-commits", "delete") => "prediction-log/log-commits",
        (_, var folder, "delete") when folder!.Contains("/documents/", StringComparison.Ordinal) => folder,
        _ => file,
    };

    private async Task<(int Status, string Said)> CheckAsync(params string[] arguments)
    {
        string[] all = arguments.Contains("--data") ? arguments : [.. arguments, "--data", _data.Path];
        var (status, output, errors) = await PlatformProcess.RunAsync(Repository.ProgramOf("eng/check", "Platform.Check.dll"), all);
        return (status, output + errors);
    }

    private string Full(string file) => Path.Combine(_data.Path, file);

    private List<string> Files() => [.. Directory.GetFiles(_data.Path, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
        .Select(path => Path.GetRelativePath(_data.Path, path))];

    private Dictionary<string, string> Contents() => Files().ToDictionary(file => file, file => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(Full(file)))));
}
