using System.Diagnostics;
using System.Net.Http.Json;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.Inference.Tests;

/// <summary>The service as a process of its own, for what can only be seen from outside: its memory.</summary>
internal sealed class InferenceProcess : IAsyncDisposable
{
    private static readonly TimeSpan Patience = Eventually.Patience;

    private readonly TemporaryFolder _data = new();
    private readonly ProcessStartInfo _start;
    private Process _process;

    private InferenceProcess(StubRegistry registry, int port, IEnumerable<KeyValuePair<string, string>> settings)
    {
        Registry = registry;
        Http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}"), DefaultRequestHeaders = { Authorization = TestKey.Header } };
        _start = new ProcessStartInfo("dotnet", [typeof(InferenceService).Assembly.Location, "--urls", Http.BaseAddress.ToString()])
        {
            RedirectStandardOutput = true, // and thrown away
            Environment =
            {
                ["Storage__Directory"] = _data.Path,
                ["Access__ServiceSecret"] = TestKey.Settings.Single(setting => setting.Key == "Access:ServiceSecret").Value,
                ["Registry__Address"] = registry.Address.ToString(),
                ["Logging__LogLevel__Default"] = "Warning",
            },
        };
        foreach (var (name, value) in settings) _start.Environment[name.Replace(":", "__", StringComparison.Ordinal)] = value;
        _process = Start();
    }

    public StubRegistry Registry { get; }

    public HttpClient Http { get; }

    public int Id => _process.Id;

    /// <summary>Its memory that lies in the machine's, in MiB.</summary>
    public double ResidentMebibytes
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64 / (double)(1 << 20);
        }
    }

    public static async Task<InferenceProcess> StartAsync(Action<StubRegistry> deploy, params KeyValuePair<string, string>[] settings)
    {
        var registry = await StubRegistry.StartAsync();
        deploy(registry);
        var running = new InferenceProcess(registry, Ports.Free(), settings);
        await Eventually.TrueAsync(running.IsReadyAsync, "the service is ready", Patience);
        return running;
    }

    /// <summary>Kills it as kill -9 does, and starts it again on the same data.</summary>
    public async Task KillAndRestartAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        _process = Start();
        await Eventually.TrueAsync(IsReadyAsync, "the service is ready again", Patience);
    }

    public async Task LoadAsync(string model) =>
        (await Http.PostAsJsonAsync($"/v2/repository/models/{model}/load", new { })).EnsureSuccessStatusCode();

    public async Task UnloadAsync(string model) =>
        (await Http.PostAsJsonAsync($"/v2/repository/models/{model}/unload", new { })).EnsureSuccessStatusCode();

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await Registry.DisposeAsync();
        _data.Dispose();
    }

    private Process Start()
    {
        var process = Process.Start(_start)!;
        process.BeginOutputReadLine();
        return process;
    }

    private async Task<bool> IsReadyAsync()
    {
        if (_process.HasExited) throw new InvalidOperationException($"The service ended with {_process.ExitCode}.");
        try
        {
            using var answer = await Http.GetAsync("/v2/health/ready");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false; // it does not listen yet
        }
    }
}
