using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.TestKit;
using Platform.TestModels;
using static Platform.Inference.Tests.Jobs.JobClient;

namespace Platform.Inference.Tests.Jobs;

public sealed class CallbackTests : IAsyncLifetime
{
    private const string Secret = "a secret of the two of us";

    private readonly ConcurrentQueue<Call> _calls = new();
    private TestHost _receiver = null!;
    private Func<int, int> _answer = _ => StatusCodes.Status204NoContent;

    private string Query => $"?callback={Uri.EscapeDataString(new Uri(_receiver.Address, "/told").ToString())}";

    public async Task InitializeAsync() => _receiver = await TestHost.StartAsync(_ => { }, app => app.MapPost("/told", async (HttpContext context) =>
    {
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body);
        _calls.Enqueue(new Call(context.Request.Headers.ToDictionary(header => header.Key, header => header.Value.ToString()), body.ToArray()));
        return Results.StatusCode(_answer(_calls.Count));
    }));

    public async Task DisposeAsync() => await _receiver.DisposeAsync();

    [Fact]
    public async Task A_finished_job_is_told_signed()
    {
        await using var host = await StartAsync(Setting("Secret", Secret));
        var id = await host.Http.AcceptedAsync("linear", Row, query: Query);

        await host.Http.JobAsync(id, job => (string?)job["callback"]!["state"] == "delivered", "the callback is delivered");

        var call = Assert.Single(_calls);
        var job = JsonNode.Parse(call.Body)!;
        Assert.Equal(id, (string?)job["id"]);
        Assert.Equal("succeeded", (string?)job["state"]);
        Assert.Equal("[321]", job["result"]!["outputs"]![0]!["data"]!.ToJsonString());
        Assert.Equal(id, call.Headers["x-platform-job-id"]);
        AssertSigned(Secret, call);
        Assert.InRange(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - long.Parse(call.Headers["x-platform-timestamp"]), 0, 60);
    }

    [Fact]
    public async Task Where_no_secret_is_set_one_is_made_that_its_owner_can_read_and_that_outlives_the_process()
    {
        using var data = new TemporaryFolder();
        for (var start = 1; start <= 2; start++)
        {
            await using var host = await StartAsync(new KeyValuePair<string, string?>("Storage:Directory", data.Path));
            var id = await host.Http.AcceptedAsync("linear", Row, query: Query);
            await host.Http.JobAsync(id, job => (string?)job["callback"]!["state"] == "delivered", "the callback is delivered");
        }

        var path = data.File("inference", "callback.secret");
        var secret = await File.ReadAllTextAsync(path);
        Assert.Matches("^[0-9a-f]{64}$", secret);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Equal(2, _calls.Count);
        Assert.All(_calls, call => AssertSigned(secret, call));
    }

    [Fact]
    public async Task The_secret_is_there_before_the_first_callback()
    {
        using var data = new TemporaryFolder();
        await using var host = await StartAsync(new KeyValuePair<string, string?>("Storage:Directory", data.Path));

        await Eventually.TrueAsync(() => File.Exists(data.File("inference", "callback.secret")), "the secret is made");
    }

    [Fact]
    public async Task A_receiver_that_is_not_well_is_told_again()
    {
        _answer = call => call < 3 ? StatusCodes.Status500InternalServerError : StatusCodes.Status200OK;
        await using var host = await StartAsync();
        var id = await host.Http.AcceptedAsync("linear", Row, query: Query);

        var job = await host.Http.JobAsync(id, job => (string?)job["callback"]!["state"] == "delivered", "the callback is delivered");

        Assert.Equal(3, (int)job["callback"]!["attempts"]!);
        Assert.Equal(["1", "2", "3"], _calls.Select(call => call.Headers["x-platform-attempt"]));
        Assert.All(_calls, call => Assert.Contains("x-platform-signature", call.Headers.Keys));
    }

    [Fact]
    public async Task A_receiver_that_never_takes_it_is_given_up()
    {
        _answer = _ => StatusCodes.Status302Found;
        await using var host = await StartAsync(Setting("MaxAttempts", "3"));
        var id = await host.Http.AcceptedAsync("linear", Row, query: Query);

        var job = await host.Http.JobAsync(id, job => (string?)job["callback"]!["state"] == "failed", "the callback is given up");

        Assert.Equal(3, (int)job["callback"]!["attempts"]!);
        Assert.Contains("302", (string?)job["callback"]!["problem"]);
        Assert.Equal("succeeded", (string?)job["state"]);
        Assert.Equal(3, _calls.Count);
    }

    [Fact]
    public async Task A_name_that_leads_to_a_refused_address_is_not_called()
    {
        await using var host = await StartAsync(Setting("AllowLoopback", "false"), Setting("MaxAttempts", "1"));
        var id = await host.Http.AcceptedAsync("linear", Row, query: $"?callback=http://localhost:{_receiver.Address.Port}/told");

        var job = await host.Http.JobAsync(id, job => (string?)job["callback"]!["state"] == "failed", "the callback is given up");

        Assert.Contains("no address that may be called", (string?)job["callback"]!["problem"]);
        Assert.Empty(_calls);
    }

    private static void AssertSigned(string secret, Call call)
    {
        byte[] signed = [.. Encoding.UTF8.GetBytes(call.Headers["x-platform-timestamp"] + "."), .. call.Body];
        var expected = "sha256=" + Convert.ToHexStringLower(HMACSHA256.HashData(Encoding.UTF8.GetBytes(secret), signed));
        Assert.Equal(expected, call.Headers["x-platform-signature"]);
    }

    private static Task<InferenceHost> StartAsync(params KeyValuePair<string, string?>[] settings) => InferenceHost.StartAsync(
        registry => registry.Deploy("linear", "1", TinyModels.Linear()),
        [Setting("FirstPause", "00:00:00.050"), Setting("Timeout", "00:02:00"), .. settings]);

    private static KeyValuePair<string, string?> Setting(string name, string value) => new($"Inference:Jobs:Callbacks:{name}", value);

    private sealed record Call(Dictionary<string, string> Headers, byte[] Body);
}
