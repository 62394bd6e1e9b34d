using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using Platform.Bench.Load;
using Platform.Bench.References;

namespace Platform.Bench.Serving;

/// <summary>A registry on the load's core (idle while measuring) and an inference service alone on the server's core.</summary>
internal sealed class Deployment : IDisposable
{
    public const string UnloggedSuffix = "-unlogged";

    private readonly string _data = Directory.CreateTempSubdirectory("platform-bench-").FullName;
    private readonly HttpClient _http = new() { DefaultRequestHeaders = { Authorization = BenchKey.Header } };
    private ChildProcess? _registry;
    private ChildProcess? _inference;

    public int RegistryPort { get; } = Ports.Free();

    public int InferencePort { get; } = Ports.Free();

    public ChildProcess Inference => _inference ?? throw new InvalidOperationException("Not started.");

    /// <summary>Starts with every benchmark model deployed twice: with and without the prediction log.</summary>
    public Task StartAsync() => StartAsync([.. Cell.All.Select(cell => cell.Model).Distinct().SelectMany(model => new[]
    {
        new ModelFile(model, File.ReadAllBytes(ModelPath(model))),
        new ModelFile(model + UnloggedSuffix, File.ReadAllBytes(ModelPath(model)), """{"logging":{"sample":0}}"""),
    })]);

    /// <summary>Starts with these models deployed.</summary>
    public async Task StartAsync(IReadOnlyList<ModelFile> models, params KeyValuePair<string, string>[] settings)
    {
        _registry = Start("registry", ChildProcess.LoadCore, RegistryPort);
        await _registry.ListeningAsync(RegistryPort);
        await UntilAsync($"http://127.0.0.1:{RegistryPort}/health/ready");
        foreach (var model in models) await DeployAsync(model);
        _inference = Start("inference", ChildProcess.ServerCore, InferencePort, settings);
        await _inference.ListeningAsync(InferencePort);
        await ReadyAsync(models);
    }

    /// <summary>A gateway before the two, on the core of inference.</summary>
    public ChildProcess StartGateway(int port) => Start("gateway", ChildProcess.ServerCore, port,
        new("Gateway__Registry", $"http://127.0.0.1:{RegistryPort}"), new("Gateway__Inference", $"http://127.0.0.1:{InferencePort}"));

    /// <summary>Registers a version and promotes it.</summary>
    public async Task DeployAsync(ModelFile model)
    {
        var registry = $"http://127.0.0.1:{RegistryPort}/v1/models";
        await _http.PostAsJsonAsync(registry, new { name = model.Name });
        using var form = new MultipartFormDataContent
        {
            { Part(model.Content, "application/octet-stream"), "model", "model.onnx" },
            { Part(Encoding.UTF8.GetBytes(model.Metadata), "application/json"), "metadata" },
        };
        var created = await _http.PostAsync($"{registry}/{model.Name}/versions", form);
        created.EnsureSuccessStatusCode();
        var version = (await created.Content.ReadFromJsonAsync<Version>())!.Number;
        var promoted = await _http.PostAsJsonAsync($"{registry}/{model.Name}/promotions",
            new { version, alias = "champion", strategy = new { kind = "immediate" } });
        promoted.EnsureSuccessStatusCode();
    }

    /// <summary>What the inference service has allocated on the managed heap since it started, by its own metrics.</summary>
    public async Task<double> AllocatedBytesAsync()
    {
        const string metric = "dotnet_gc_heap_total_allocated_bytes_total{";
        var metrics = await _http.GetStringAsync($"http://127.0.0.1:{InferencePort}/metrics");
        var line = metrics.Split('\n').Single(line => line.StartsWith(metric, StringComparison.Ordinal));
        return double.Parse(line[line.LastIndexOf(' ')..], CultureInfo.InvariantCulture);
    }

    public static string ModelPath(string model) => Path.Combine(AppContext.BaseDirectory, "Models", $"{model}.onnx");

    public void Dispose()
    {
        _inference?.Dispose();
        _registry?.Dispose();
        _http.Dispose();
        Directory.Delete(_data, recursive: true);
    }

    private sealed record Version([property: System.Text.Json.Serialization.JsonPropertyName("version")] string Number);

    private ChildProcess Start(string service, int core, int port, params KeyValuePair<string, string>[] settings) => ChildProcess.Start(
        core, ServicePath(service), ["--urls", $"http://127.0.0.1:{port}"], new Dictionary<string, string>([.. settings, .. BenchKey.Settings])
        {
            ["Storage__Directory"] = Path.Combine(_data, service),
            ["Registry__Address"] = $"http://127.0.0.1:{RegistryPort}",
            ["Logging__LogLevel__Default"] = "Warning",
        });

    /// <summary>Waits until all of them can be called.</summary>
    public async Task ReadyAsync(IEnumerable<ModelFile> models)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var waiting = models.Select(model => model.Name).ToHashSet();
        while (waiting.Count > 0)
        {
            foreach (var model in waiting.ToArray())
            {
                using var response = await _http.GetAsync($"http://127.0.0.1:{InferencePort}/v2/models/{model}/ready", deadline.Token);
                if (response.IsSuccessStatusCode) waiting.Remove(model);
            }
            await Task.Delay(100, deadline.Token);
        }
    }

    private async Task UntilAsync(string address)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            using var response = await _http.GetAsync(address, deadline.Token);
            if (response.IsSuccessStatusCode) return;
            await Task.Delay(50, deadline.Token);
        }
    }

    private static string ServicePath(string service)
    {
        // bench/bin/Release/net10.0/ → the repository's root
        var root = Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "../../../.."));
        var assembly = $"Platform.{char.ToUpperInvariant(service[0])}{service[1..]}.dll";
        return Path.Combine(root, "services", service, "bin", "Release", "net10.0", assembly);
    }

    private static ByteArrayContent Part(byte[] bytes, string mediaType) =>
        new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(mediaType) } };
}
