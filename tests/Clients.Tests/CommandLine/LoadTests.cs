using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Clients.Tests.CommandLine;

/// <summary><c>platform load</c> against a running platform; counts, no times.</summary>
[Collection(TheClientPlatform.Name)]
public sealed class LoadTests(ClientPlatform platform) : IDisposable
{
    private static readonly string[] Short = ["--duration", "1", "--warm-up", "0.2"];

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("json", false)]
    [InlineData("binary", false)]
    [InlineData("grpc", false)]
    [InlineData("json", true)]
    [InlineData("binary", true)]
    [InlineData("grpc", true)]
    public async Task Every_arrival_was_answered_failed_or_was_not_sent(string protocol, bool withBody)
    {
        var run = await RunAsync(["load", ClientPlatform.Model, "--rate", "50", "--protocol", protocol, "--json", .. Short, .. withBody ? ["--body", Body()] : Array.Empty<string>()]);
        Assert.True(run.ExitCode == 0, run.Errors);
        var result = JsonNode.Parse(run.Output)!;
        Assert.Equal((protocol, "planned arrival"), ((string?)result["protocol"], (string?)result["latencyFrom"]));
        var step = Assert.Single(result["steps"]!.AsArray())!;
        Assert.InRange((long)step["arrivals"]!, 1, 200);
        Assert.True((long)step["answers"]! > 0);
        Assert.Equal((long)step["arrivals"]!, (long)step["answers"]! + (long)step["errors"]! + (long)step["unsent"]!);
        Assert.Equal((long)step["errors"]!, step["errorsBy"]!.AsObject().Sum(error => (long)error.Value!));
        Assert.True((double)step["latencyMs"]!["p50"]! <= (double)step["latencyMs"]!["max"]!);
    }

    [Fact]
    public async Task A_search_ends_with_the_highest_rate_at_which_the_objective_held()
    {
        var run = await RunAsync(["load", ClientPlatform.Model, "--objective", "p50=1000s", "--from", "10", "--to", "20", "--json", .. Short]);
        Assert.True(run.ExitCode == 0, run.Errors);
        var result = JsonNode.Parse(run.Output)!;
        Assert.Equal(20, (double)result["highestRate"]!);
        Assert.Equal([10, 20], result["steps"]!.AsArray().Select(step => (double)step!["rate"]!));
        Assert.All(result["steps"]!.AsArray(), step => Assert.True((bool)step!["held"]!));
    }

    [Fact]
    public async Task An_objective_that_does_not_hold_ends_with_a_code_of_its_own()
    {
        var run = await RunAsync(["load", ClientPlatform.Model, "--objective", "p50=0.001us", "--rate", "20", .. Short]);
        Assert.Equal(5, run.ExitCode);
        Assert.Contains("no coordinated omission", run.Output, StringComparison.Ordinal);
        Assert.Contains("not held", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_cannot_be_sent_is_told_before_the_load()
    {
        Assert.Equal(2, (await RunAsync(["load", ClientPlatform.Model])).ExitCode);
        Assert.Equal(2, (await RunAsync(["load", ClientPlatform.Model, "--rate", "0"])).ExitCode);
        Assert.Equal(2, (await RunAsync(["load", ClientPlatform.Model, "--rate", "1", "--objective", "p99.9999=1s"])).ExitCode); // more than a day
        Assert.Equal(1, (await RunAsync(["load", "nobody", "--rate", "10"])).ExitCode);
        Assert.Equal(1, (await RunAsync(["load", "nobody", "--rate", "10", "--protocol", "grpc"])).ExitCode);
        Assert.Equal(3, (await RunAsync(["load", ClientPlatform.Model, "--rate", "10", "--url", "http://127.0.0.1:1"])).ExitCode);
        var body = _folder.File("empty.json");
        await File.WriteAllTextAsync(body, """{"inputs":[]}""");
        Assert.Equal(2, (await RunAsync(["load", ClientPlatform.Model, "--rate", "10", "--protocol", "binary", "--body", body])).ExitCode);
        var refused = await RunAsync(["load", ClientPlatform.Model, "--rate", "10", "--body", body]);
        Assert.Equal((1, ""), (refused.ExitCode, refused.Output));
    }

    private string Body()
    {
        var file = _folder.File("request.json");
        File.WriteAllText(file, $$"""{"inputs":[{"name":"input","datatype":"FP32","shape":[1,20],"data":[[{{string.Join(',', Enumerable.Repeat("1", 20))}}]]}]}""");
        return file;
    }

    private Task<Run> RunAsync(string[] arguments) => Run.OfAsync(
        _folder.File("login.json"), "", new() { ["PLATFORM_URL"] = platform.Address.ToString() }, arguments);
}
