using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Observability;

/// <summary>A little of everything that the dashboards show, sent to the gateway until it is stopped.</summary>
internal sealed class Traffic(PlatformApi api) : IAsyncDisposable
{
    /// <summary>The model that is asked.</summary>
    public const string Model = "observed";

    /// <summary>The one that runs in a process of its own, which ends again and again.</summary>
    private const string Isolated = "observed-apart";

    private readonly CancellationTokenSource _stop = new();
    private Task _rounds = Task.CompletedTask;

    public async Task StartAsync()
    {
        await api.ServeCreditAsync(Model);
        await api.PostAsync("/v1/models", new JsonObject { ["name"] = Isolated }).JsonAsync(HttpStatusCode.Created);
        var metadata = JsonNode.Parse(await File.ReadAllTextAsync(Repository.PathOf("samples", "credit", "v1", "metadata.json")))!.AsObject();
        metadata["serving"] = new JsonObject { ["isolation"] = "process" };
        await api.UploadAsync(Isolated, CreditSample.Form(1, metadata))
            .JsonAsync(HttpStatusCode.Created);
        await api.PromoteAsync(Isolated, "1").JsonAsync();
        await api.UntilReadyAsync(Isolated);
        _rounds = RepeatAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _rounds;
        _stop.Dispose();
    }

    /// <summary>A rate needs a counter that rises.</summary>
    private async Task RepeatAsync()
    {
        while (!_stop.IsCancellationRequested)
        {
            await RoundAsync();
            if (await IsIsolatedReadyAsync()) EndWorkers();
        }
    }

    // One that is still starting would never be seen to have started again.
    private async Task<bool> IsIsolatedReadyAsync()
    {
        using var answer = await api.GetAsync($"/v2/models/{Isolated}/ready");
        return answer.IsSuccessStatusCode;
    }

    /// <summary>Kills the processes that run a model of their own.</summary>
    private static void EndWorkers()
    {
        foreach (var process in Process.GetProcessesByName("dotnet"))
        {
            using (process)
                if (CommandOf(process.Id).Contains("WorkerRole", StringComparison.Ordinal)) process.Kill();
        }
    }

    private static string CommandOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/cmdline");
        }
        catch (IOException)
        {
            return ""; // ended meanwhile
        }
    }

    /// <summary>Predictions with drifted features and their labels, a refusal, a job that calls back, an explanation and one that cannot be.</summary>
    private async Task RoundAsync()
    {
        var rows = CreditSample.Shifted.Take(20).ToList();
        var predictions = await api.PredictManyAsync(Model, rows);
        await AskAsync($"/v1/models/{Model}/ground-truth", new JsonArray([.. predictions.Zip(rows, (prediction, row) =>
            new JsonObject { ["predictionId"] = prediction.Id, ["label"] = row.Label })]));
        await AskAsync($"/v2/models/{Model}/infer", new JsonObject { ["inputs"] = new JsonArray() });
        // Nobody is called: where messages travel over a broker, this machine must not be.
        await AskAsync($"/v1/models/{Model}/jobs?callback=http://localhost/", PlatformApi.InferBody([rows[0]]));
        await AskAsync($"/v1/models/{Model}/explanations", new JsonObject { ["inputs"] = new JsonArray(PlatformApi.Tensor([rows[0]])), ["budget"] = 64 });
        await AskAsync($"/v1/models/{Model}/explanations", new JsonObject { ["inputs"] = new JsonArray(PlatformApi.Tensor([rows[0]])), ["output"] = "none such" });
    }

    private async Task AskAsync(string path, JsonNode body)
    {
        using var response = await api.PostAsync(path, body);
        Assert.True((int)response.StatusCode < 500, await response.Content.ReadAsStringAsync());
    }
}
