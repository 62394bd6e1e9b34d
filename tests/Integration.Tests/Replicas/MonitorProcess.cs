using System.Diagnostics;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Integration.Tests.Replicas;

/// <summary>A monitor as it is run in production: its own program, told everything by its environment.</summary>
internal sealed class MonitorProcess : IDisposable
{
    private readonly TemporaryFolder _data = new();
    private readonly Process _process;
    private readonly HttpClient _http;

    public MonitorProcess(IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var address = $"http://127.0.0.1:{Ports.Free()}";
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Platform.Monitor.dll"), "--urls", address])
        {
            WorkingDirectory = _data.Path, // not beside the settings of other programs
            RedirectStandardOutput = true,
        };
        foreach (var (key, value) in settings.Append(new("Storage:Directory", _data.Path)))
            start.Environment[$"PLATFORM_{key.Replace(":", "__")}"] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Log.Add(line.Data ?? "");
        _process.BeginOutputReadLine();
        _http = new HttpClient { BaseAddress = new Uri(address) };
    }

    public List<string> Log { get; } = [];

    public Uri Address => _http.BaseAddress!;

    public Task ReadyAsync() => Eventually.TrueAsync(async () =>
    {
        try
        {
            return (await _http.GetAsync("/health/ready")).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }, "the monitor is ready", TimeSpan.FromSeconds(60));

    /// <summary>Predictions counted in closed windows.</summary>
    public async Task<int> CountedAsync(string model)
    {
        using var answer = await _http.GetAsync($"/v1/models/{model}/monitoring");
        if (!answer.IsSuccessStatusCode) return 0;
        var windows = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["windows"]!.AsArray();
        return windows.Sum(window => window!["count"]!.GetValue<int>());
    }

    /// <summary>kill -9.</summary>
    public void Kill() => _process.Kill();

    public void Dispose()
    {
        _process.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _http.Dispose();
        _data.Dispose();
    }
}
