using Microsoft.Extensions.DependencyInjection;
using Platform.Bench.Load;
using Platform.Bench.Serving;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Inference;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.Telemetry;

namespace Platform.Bench.Stages;

/// <summary>The inference service inside this process, over the registry of a deployment, so that each of its stages can be called.</summary>
internal sealed class StagesHost : IAsyncDisposable
{
    private readonly string _data = Directory.CreateTempSubdirectory("platform-bench-").FullName;
    private readonly WebApplication _app;

    private StagesHost(int registryPort)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ContentRootPath = _data });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Storage:Directory"] = _data,
            ["Registry:Address"] = $"http://127.0.0.1:{registryPort}",
            ["Logging:LogLevel:Default"] = "Warning",
            ["Access:ServiceSecret"] = BenchKey.Settings["Access__ServiceSecret"],
        });
        builder.WebHost.UseUrls($"http://127.0.0.1:{Ports.Free()}");
        builder.AddPlatformDefaults(InferenceService.Name);
        builder.AddInference();
        builder.AddPlatformMessaging(InferenceService.Messaging);
        _app = builder.Build();
    }

    public PredictionRecorder Recorder => _app.Services.GetRequiredService<PredictionRecorder>();

    public InferenceMetrics Metrics => _app.Services.GetRequiredService<InferenceMetrics>();

    public static async Task<StagesHost> StartAsync(int registryPort)
    {
        var host = new StagesHost(registryPort);
        await host._app.StartAsync();
        await host._app.Services.GetRequiredService<DeploymentSync>().FirstPass;
        return host;
    }

    /// <summary>A lease on a model's champion.</summary>
    public LoadedVersion Acquire(string model) => _app.Services.GetRequiredService<ModelTable>().Acquire(model, null)
        ?? throw new InvalidOperationException($"{model} did not load.");

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        Directory.Delete(_data, recursive: true);
    }
}
