using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Client.Tensors;
using Platform.Client.Transport;

namespace Platform.Client.Predictions;

/// <summary>A prediction in the background.</summary>
public sealed class PredictionJob
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(2);

    private readonly HttpTransport _transport;

    internal PredictionJob(HttpTransport transport, string id) => (_transport, Id) = (transport, id);

    /// <summary>The job's id.</summary>
    public string Id { get; }

    /// <summary>How far it has come: queued, running, succeeded, failed or cancelled.</summary>
    public async Task<string> GetStateAsync(CancellationToken cancellationToken = default) => (await ReadAsync(HttpMethod.Get, cancellationToken)).State;

    /// <summary>Cancels it; refused with 409 once it has ended.</summary>
    public Task CancelAsync(CancellationToken cancellationToken = default) => ReadAsync(HttpMethod.Delete, cancellationToken);

    /// <summary>Waits for its end, and answers the result of rows by feature name.</summary>
    /// <exception cref="PlatformException">It ended without a result.</exception>
    public async Task<RowPredictions> GetRowsAsync(CancellationToken cancellationToken = default)
    {
        var job = await EndAsync(cancellationToken);
        var answer = job.Result!.Deserialize(ClientJson.Default.RowAnswer)!;
        return new RowPredictions(answer.Model, answer.Version, job.PredictionId, answer.Rows);
    }

    /// <summary>Waits for its end, and answers the result of tensors.</summary>
    /// <exception cref="PlatformException">It ended without a result.</exception>
    public async Task<Inference> GetTensorsAsync(CancellationToken cancellationToken = default)
    {
        var job = await EndAsync(cancellationToken);
        var outputs = job.Result!["outputs"]!.AsArray().Select(output => TensorJson.Read(output!.AsObject()));
        return new Inference(job.Model, job.Version ?? "", job.PredictionId, outputs.ToDictionary(output => output.Name));
    }

    private async Task<JobAnswer> EndAsync(CancellationToken cancellationToken)
    {
        for (var pause = FirstPause; ; pause = pause * 1.5 < LongestPause ? pause * 1.5 : LongestPause)
        {
            var job = await ReadAsync(HttpMethod.Get, cancellationToken);
            if (job.State == "succeeded") return job;
            if (job.State is "failed" or "cancelled") throw Failed(job);
            await Task.Delay(pause, cancellationToken);
        }
    }

    private Task<JobAnswer> ReadAsync(HttpMethod method, CancellationToken cancellationToken) => _transport.ReadAsync(
        new ApiRequest("job", method, $"/v1/jobs/{Uri.EscapeDataString(Id)}"), ClientJson.Default.JobAnswer, cancellationToken);

    private static PlatformException Failed(JobAnswer job) =>
        new(job.Error?["detail"]?.ToString() ?? $"Job {job.Id} is {job.State}.", code: job.Error?["code"]?.ToString()) { Body = job.Error };
}

internal sealed record JobReceipt(string Id, string State);

internal sealed record JobAnswer(string Id, string PredictionId, string Model, string? Version, string State, JsonObject? Result, JsonObject? Error);
