using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;
using Platform.Contracts.Registry;
using Platform.Hosting.Management;

namespace Platform.Hosting.Overview;

/// <summary>Reads the page's content over the public API. A part that does not answer is named on the page; the rest is shown.</summary>
internal sealed class OverviewReader(
    HttpClient http, HealthCheckService health, OverviewSources sources, IOptions<ManagementOptions> management, IServiceProvider services)
{
    private const int MaxModels = 100;
    private const int MaxAlerts = 20;
    private const int MaxWindows = 40;

    /// <summary>How long each part of the page may be waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);

    /// <summary>What a stranger may see.</summary>
    public async Task<PlatformOverview> ReadHealthAsync(CancellationToken cancellationToken) =>
        new(await health.GetReadinessAsync(cancellationToken), [], [], [], []) { IsForStrangers = true };

    /// <summary>What there is to show to whoever brought these credentials. Throws only when it is cancelled.</summary>
    public async Task<PlatformOverview> ReadAsync(StringValues authorization, CancellationToken cancellationToken)
    {
        if (authorization.Count > 0) http.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", (string?)authorization);
        var unavailable = new List<string>();
        var models = await TryAsync("models", ReadModelsAsync, [], unavailable, cancellationToken);
        return new PlatformOverview(
            await health.GetReadinessAsync(cancellationToken),
            await TryAsync("monitoring", cancel => ReadWindowsAsync(models, cancel), models, unavailable, cancellationToken),
            await TryAsync("alerts", ReadAlertsAsync, [], unavailable, cancellationToken),
            sources.Replicas?.Invoke(services) ?? [],
            unavailable)
        {
            HasManagement = management.Value.Port is null,
        };
    }

    private async Task<IReadOnlyList<ModelOverview>> ReadModelsAsync(CancellationToken cancellationToken)
    {
        var page = await GetAsync<JsonNode>(sources.Registry, $"v1/models?limit={MaxModels}", cancellationToken);
        var models = new List<ModelOverview>();
        foreach (var model in page!["items"]!.AsArray())
        {
            var name = model!["name"]!.GetValue<string>();
            var versions = await GetAsync<Items<ModelVersionDescription>>(sources.Registry, $"v1/models/{name}/versions?limit=100", cancellationToken);
            models.Add(new ModelOverview(name, (string?)model["description"], versions?.List ?? [], []));
        }
        return models;
    }

    private async Task<IReadOnlyList<ModelOverview>> ReadWindowsAsync(IReadOnlyList<ModelOverview> models, CancellationToken cancellationToken)
    {
        var watched = new List<ModelOverview>();
        foreach (var model in models) watched.Add(model with { Windows = await ReadWindowsAsync(model.Name, cancellationToken) });
        return watched;
    }

    private async Task<IReadOnlyList<WindowOverview>> ReadWindowsAsync(string model, CancellationToken cancellationToken)
    {
        var monitoring = await GetAsync<JsonNode>(sources.Monitor, $"v1/models/{model}/monitoring?detail=summary&limit={MaxWindows}", cancellationToken);
        // A model of which nothing serves is not watched.
        return monitoring is null ? [] : [.. monitoring["windows"]!.AsArray().Select(window => Window(window!))];
    }

    private static WindowOverview Window(JsonNode window) => new(
        (DateTimeOffset)window["to"]!,
        (int)window["count"]!,
        (double?)window["drift"]?["driftedShare"],
        (bool?)window["drift"]?["drifted"],
        (double?)window["performance"]?["realised"]?["accuracy"],
        (double?)window["system"]?["latencyMs"]?["total"]?["p95"]);

    private async Task<IReadOnlyList<AlertOverview>> ReadAlertsAsync(CancellationToken cancellationToken) =>
        (await GetAsync<Items<AlertOverview>>(sources.Monitor, $"v1/alerts?limit={MaxAlerts}", cancellationToken))?.List ?? [];

    /// <summary>The JSON at a path; default where there is none.</summary>
    private async Task<T?> GetAsync<T>(Uri service, string path, CancellationToken cancellationToken)
    {
        using var response = await http.GetAsync(new Uri(service, path), cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound) return default;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<T>(PlatformJson.Tolerant, cancellationToken);
    }

    private static async Task<IReadOnlyList<T>> TryAsync<T>(
        string part, Func<CancellationToken, Task<IReadOnlyList<T>>> read, IReadOnlyList<T> otherwise, List<string> unavailable, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            return await read(patience.Token);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            unavailable.Add($"{part}: no answer in time");
        }
        catch (Exception exception) when (exception is HttpRequestException or JsonException)
        {
            unavailable.Add($"{part}: {exception.Message}");
        }
        return otherwise;
    }

    private sealed record Items<T>([property: JsonPropertyName("items")] IReadOnlyList<T> List);
}
