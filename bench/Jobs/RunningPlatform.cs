using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.Bench.References;
using Platform.Bench.Serving;

namespace Platform.Bench.Jobs;

/// <summary>The whole platform, as a verb of <c>./dev</c> starts it, without samples, on both cores.</summary>
internal sealed class RunningPlatform : IAsyncDisposable
{
    private static readonly string Dev = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../../dev"));
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private readonly string _data = Directory.CreateTempSubdirectory("platform-bench-").FullName;
    private readonly HttpClient _http;
    private readonly Process _process;

    private RunningPlatform(string verb)
    {
        var port = Ports.Free();
        _http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        _process = Process.Start(new ProcessStartInfo("taskset",
            ["-c", $"{ChildProcess.ServerCore},{ChildProcess.LoadCore}", "bash", Dev, verb, "--empty", "--port", $"{port}", "--data", _data])
            { RedirectStandardInput = true, RedirectStandardOutput = true })!;
    }

    /// <summary>Starts it, and waits until it says that it is ready.</summary>
    public static async Task<RunningPlatform> StartAsync(string verb)
    {
        var platform = new RunningPlatform(verb);
        while (await platform._process.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("ready ", StringComparison.Ordinal))
            Console.Error.WriteLine(line);
        if (platform._process.HasExited) throw new InvalidOperationException($"./dev {verb} ended before it was ready.");
        _ = platform._process.StandardOutput.ReadToEndAsync(); // what it says from here on is of no interest, and must not fill the pipe
        var key = Path.Combine(platform._data, "bootstrap.key");
        if (File.Exists(key))
            platform._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", (await File.ReadAllTextAsync(key)).Trim());
        return platform;
    }

    /// <summary>Registers a model, promotes it, and waits until it serves.</summary>
    public async Task DeployAsync(string model, byte[] onnx)
    {
        using (await PostAsync("/v1/models", JsonContent.Create(new { name = model })))
        using (await PostAsync($"/v1/models/{model}/versions", new MultipartFormDataContent { { new ByteArrayContent(onnx), "model", "model.onnx" } }))
        using (await PostAsync($"/v1/models/{model}/promotions", JsonContent.Create(new { version = "1", alias = "champion" })))
            await UntilAsync($"/v2/models/{model}/ready", _ => true);
    }

    /// <summary>Submits a job, and returns its id.</summary>
    public async Task<string> SubmitAsync(string model, byte[] body)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } };
        using var answer = await PostAsync($"/v1/models/{model}/jobs", content);
        return (string)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["id"]!;
    }

    /// <summary>Waits for a job's end.</summary>
    public Task SucceededAsync(string job) => UntilAsync($"/v1/jobs/{job}", text => (string?)JsonNode.Parse(text)!["state"] == "succeeded");

    /// <summary>Servers outlive the verb that started them: they are stopped by their data folder.</summary>
    public async ValueTask DisposeAsync()
    {
        using (var down = Process.Start("bash", [Dev, "down", "--data", _data])) await down.WaitForExitAsync();
        if (!_process.HasExited) _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        _http.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, HttpContent content) =>
        (await _http.PostAsync(path, content)).EnsureSuccessStatusCode();

    private async Task UntilAsync(string path, Func<string, bool> condition)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            using var answer = await _http.GetAsync(path, deadline.Token);
            if (answer.IsSuccessStatusCode && condition(await answer.Content.ReadAsStringAsync(deadline.Token))) return;
            await Task.Delay(Interval, deadline.Token);
        }
    }
}
