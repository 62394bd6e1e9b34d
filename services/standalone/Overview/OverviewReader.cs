using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Platform.Hosting;
using Platform.Hosting.Defaults;
using Platform.Standalone.Client;

namespace Platform.Standalone.Overview;

/// <summary>Reads the page's content over the public API. A part that does not answer is named on the page; the rest is shown.</summary>
internal sealed class OverviewReader(PlatformClient platform, HealthCheckService health)
{
    private const int MaxModels = 100;
    private const int MaxAlerts = 20;
    private const int MaxWindows = 40;

    public async Task<PlatformOverview> ReadAsync(CancellationToken cancellationToken)
    {
        var unavailable = new List<string>();
        return new PlatformOverview(
            await health.GetReadinessAsync(cancellationToken),
            await TryAsync("models", ReadModelsAsync, unavailable, cancellationToken),
            await TryAsync("alerts", ReadAlertsAsync, unavailable, cancellationToken),
            unavailable);
    }

    private async Task<IReadOnlyList<ModelOverview>> ReadModelsAsync(CancellationToken cancellationToken)
    {
        var page = await platform.GetAsync($"v1/models?limit={MaxModels}", cancellationToken);
        var models = new List<ModelOverview>();
        foreach (var model in page["items"]!.AsArray())
        {
            var name = model!["name"]!.GetValue<string>();
            models.Add(new ModelOverview(
                name, (string?)model["description"], await platform.GetVersionsAsync(name, cancellationToken), await ReadWindowsAsync(name, cancellationToken)));
        }
        return models;
    }

    private async Task<IReadOnlyList<WindowOverview>> ReadWindowsAsync(string model, CancellationToken cancellationToken)
    {
        try
        {
            var monitoring = await platform.GetAsync($"v1/models/{model}/monitoring?limit={MaxWindows}", cancellationToken);
            return [.. monitoring["windows"]!.AsArray().Select(window => Window(window!))];
        }
        catch (HttpRequestException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            return []; // nothing serves yet
        }
    }

    private static WindowOverview Window(JsonNode window) => new(
        (DateTimeOffset)window["to"]!,
        (int)window["count"]!,
        (double?)window["drift"]?["driftedShare"],
        (bool?)window["drift"]?["drifted"] ?? false,
        (double?)window["performance"]?["realised"]?["accuracy"],
        (double?)window["system"]?["latencyMs"]?["total"]?["p95"]);

    private async Task<IReadOnlyList<AlertOverview>> ReadAlertsAsync(CancellationToken cancellationToken)
    {
        var page = await platform.GetAsync($"v1/alerts?limit={MaxAlerts}", cancellationToken);
        return page["items"].Deserialize<List<AlertOverview>>(PlatformJson.Tolerant) ?? [];
    }

    private static async Task<IReadOnlyList<T>> TryAsync<T>(
        string part, Func<CancellationToken, Task<IReadOnlyList<T>>> read, List<string> unavailable, CancellationToken cancellationToken)
    {
        try
        {
            return await read(cancellationToken);
        }
        catch (Exception exception) when (exception is HttpRequestException or TimeoutException or JsonException)
        {
            unavailable.Add($"{part}: {exception.Message}");
            return [];
        }
    }
}
