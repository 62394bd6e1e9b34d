using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Clients.Tests.CommandLine;

/// <summary>The program against a running platform.</summary>
[Collection(TheClientPlatform.Name)]
public sealed class CommandTests(ClientPlatform platform) : IDisposable
{
    private static readonly string Credit = Repository.PathOf("samples", "credit");

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Versions_are_registered_compared_promoted_and_rolled_back()
    {
        foreach (var version in new[] { "v1", "v2" })
            await DoneAsync("register", "cli-versions", Path.Combine(Credit, version, "model.onnx"),
                "--metadata", Path.Combine(Credit, version, "metadata.json"), "--reference", Path.Combine(Credit, version, "reference.csv"));
        await DoneAsync("promote", "cli-versions", "1");
        Assert.Contains("cli-versions 2 is champion, after 1 (completed).", await DoneAsync("promote", "cli-versions", "2", "--reason", "better"), StringComparison.Ordinal);
        Assert.Equal("1", (string?)JsonNode.Parse(await DoneAsync("rollback", "cli-versions", "--json"))!["version"]);
        Assert.Matches(@"(?m)^VERSION +STATUS +ALIASES", await DoneAsync("models", "cli-versions"));
        Assert.Contains("cli-versions", await DoneAsync("models"), StringComparison.Ordinal);
        Assert.Matches(@"(?m)^WHAT +1 +2$", await DoneAsync("diff", "cli-versions", "champion", "2"));
        Assert.Contains(JsonNode.Parse(await DoneAsync("diff", "cli-versions", "1", "2", "--json"))!.AsArray(), each => (string?)each!["path"] == "sha256");
        Assert.Equal("[]", (await DoneAsync("diff", "cli-versions", "1", "champion", "--json")).Trim());
    }

    [Fact]
    public async Task Rows_are_predicted_and_explained()
    {
        var lines = (await DoneAsync("predict", ClientPlatform.Model, Path.Combine(Credit, "v1", "reference.csv"), "--ignore", "label", "--json", "--batch", "150"))
            .Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToList();
        Assert.Equal(File.ReadLines(Path.Combine(Credit, "v1", "reference.csv")).Count() - 1, lines.Count);
        Assert.All(lines, line => Assert.Contains((string?)line["class"], new[] { "good", "bad" }));

        var row = CreditRow();
        Assert.Matches(@"^PREDICTION\tANSWER\tSCORE\n\S+:0\t(good|bad)\t0\.\d{4}\n$", (await RunAsync(row, "predict", ClientPlatform.Model)).Output);

        var picture = _folder.File("why.svg");
        var said = await DoneAsync("explain", ClientPlatform.Model, (string)lines[0]["predictionId"]!, "--picture", picture);
        Assert.StartsWith($"{ClientPlatform.Model} answers", said, StringComparison.Ordinal);
        Assert.Contains("<svg", await File.ReadAllTextAsync(picture), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Events_are_watched()
    {
        var lines = (await DoneAsync("watch", "--after", "0", "--count", "2", "--model", ClientPlatform.Model, "--json")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal(["registry.model-registered.v1", "registry.model-version-created.v1"], lines.Select(line => (string?)JsonNode.Parse(line)!["type"]));
        Assert.Contains("registry.model-registered.v1", await DoneAsync("watch", "--after", "0", "--count", "1"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_goes_into_a_file_and_is_shown_nowhere()
    {
        var file = _folder.File("ci.key");
        var said = await DoneAsync("keys", "create", "cli-ci", "--permission", "observe", "--permission", "infer", "--model", "credit", "--out", file, "--json");
        var key = (await File.ReadAllTextAsync(file)).Trim();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, new FileInfo(file).UnixFileMode);
        Assert.True(key.Length > 20);
        Assert.DoesNotContain(key, said, StringComparison.Ordinal);
        Assert.DoesNotContain(key, await DoneAsync("keys", "--json"), StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("", "keys", "create", "cli-ci", "--permission", "observe", "--out", file)).ExitCode); // it exists

        var login = await RunAsync(key + "\n", "login", platform.Address.ToString(), "--key-stdin");
        Assert.Equal(0, login.ExitCode);
        Assert.DoesNotContain(key, login.Output + login.Errors, StringComparison.Ordinal);
        Assert.Contains(key, await File.ReadAllTextAsync(_folder.File("login/login.json")), StringComparison.Ordinal);
        await DoneAsync("keys", "revoke", (string)JsonNode.Parse(said)!["id"]!);
    }

    [Fact]
    public async Task Exit_codes_tell_failures_apart()
    {
        Assert.Equal(1, (await RunAsync("", "rollback", ClientPlatform.Model)).ExitCode);
        var rows = await RunAsync("{\"age\":1}\n", "predict", ClientPlatform.Model);
        Assert.Equal(1, rows.ExitCode);
        Assert.Contains("rows[0].duration: is missing.", rows.Errors, StringComparison.Ordinal);
        Assert.Equal(2, (await RunAsync("", "promote", ClientPlatform.Model)).ExitCode);
        Assert.Equal(2, (await RunAsync("no json\n", "predict", ClientPlatform.Model)).ExitCode);
        Assert.Equal(2, (await RunAsync("", "register", "m", _folder.File("nothing.onnx"))).ExitCode);
        Assert.Equal(2, (await RunAsync("", "models", "--url", "nonsense")).ExitCode);
        var nobody = await RunAsync("", "register", "m", Path.Combine(Credit, "v1", "model.onnx"), "--url", "http://127.0.0.1:1");
        Assert.Equal(3, nobody.ExitCode);
        Assert.StartsWith("error: http://127.0.0.1:1/ was not reached", nobody.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_has_examples()
    {
        foreach (var command in new[] { "login", "models", "register", "promote", "rollback", "diff", "predict", "explain", "importance", "dependence", "review", "load", "watch", "keys" })
            Assert.Contains($"  platform {command} ", await DoneAsync(command, "--help"), StringComparison.Ordinal);
        foreach (var command in new[] { "predictions get", "predictions search", "predictions feedback", "outcomes send", "pipeline register", "promotion get", "promotion pause", "promotion resume", "promotion cancel", "alerts list", "alerts ack", "alerts resolve" })
            Assert.Contains($"  platform {command} ", await DoneAsync([.. command.Split(' '), "--help"]), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shells_complete_commands_and_options()
    {
        var commands = (await DoneAsync("[suggest:0]", "")).Split('\n', StringSplitOptions.RemoveEmptyEntries);
        foreach (var command in new[] { "predictions", "review", "importance", "dependence", "outcomes", "pipeline", "promotion", "alerts", "load" }) Assert.Contains(command, commands);
        Assert.Contains("--objective", await DoneAsync("[suggest:7]", "load --o"), StringComparison.Ordinal);
    }

    private async Task<string> DoneAsync(params string[] arguments)
    {
        var run = await RunAsync("", arguments);
        Assert.True(run.ExitCode == 0, $"{string.Join(' ', arguments)}: {run.Errors}");
        return run.Output;
    }

    private Task<Run> RunAsync(string input, params string[] arguments) => Run.OfAsync(
        _folder.File("login/login.json"), input, new() { ["PLATFORM_URL"] = platform.Address.ToString() }, arguments);

    private static string CreditRow() => Dotnet.CreditRows.Take(1)[0].ToJsonString() + "\n";
}
