using System.Text.Json;
using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.SampleDriver.Client;
using Platform.SampleDriver.Seeding;

namespace Platform.SampleDriver.Traffic;

/// <summary>Replays the samples' held-out rows as traffic, one request after the other for each model, until it is cancelled.</summary>
internal sealed class Replay(PlatformClient platform, IOptions<TrafficOptions> options, TimeProvider time, ILogger<Replay> logger)
{
    private const int LabelsPerRequest = 25;
    private const int LabelsKept = 5000;

    /// <summary>Runs the traffic of every sample that has held-out rows.</summary>
    public Task RunAsync(IReadOnlyList<Sample> samples, CancellationToken cancellationToken) =>
        Task.WhenAll(samples.Select((sample, turn) => RunAsync(sample, turn, cancellationToken)));

    private async Task RunAsync(Sample sample, int turn, CancellationToken cancellationToken)
    {
        var usual = await ReadAsync(sample, "traffic", cancellationToken);
        if (usual.Count == 0) return;
        var plan = new TrafficPlan(usual, await ReadAsync(sample, "shifted", cancellationToken), options.Value, turn);
        await RunAsync(sample.Model, plan, cancellationToken);
    }

    private static async Task<IReadOnlyList<TrafficRow>> ReadAsync(Sample sample, string name, CancellationToken cancellationToken) =>
        sample.FindRows(name) is { } path ? await TrafficRow.ReadAsync(path, cancellationToken).ToListAsync(cancellationToken) : [];

    private async Task RunAsync(string model, TrafficPlan plan, CancellationToken cancellationToken)
    {
        var labels = new LateLabels(options.Value.LabelDelay, LabelsKept);
        var start = time.GetTimestamp();
        var flowing = true;
        ModelSignature? signature = null;
        using var ticks = new PeriodicTimer(TimeSpan.FromSeconds(1 / options.Value.RowsPerSecond), time);
        while (await ticks.WaitForNextTickAsync(cancellationToken))
        {
            try
            {
                signature ??= (await platform.GetVersionsAsync(model, cancellationToken))[0].Signature;
                await SendAsync(model, plan.Next(time.GetElapsedTime(start)), signature, labels, cancellationToken);
                await TellLabelsAsync(model, labels, cancellationToken);
                if (!flowing) ReplayLog.Resumed(logger, model);
                flowing = true;
            }
            catch (Exception exception) when (exception is HttpRequestException or TimeoutException or JsonException)
            {
                // Told once; the next tick tries again.
                if (flowing) ReplayLog.Interrupted(logger, model, exception.Message);
                flowing = false;
            }
        }
    }

    private async Task SendAsync(
        string model, TrafficRow row, ModelSignature signature, LateLabels labels, CancellationToken cancellationToken)
    {
        var (request, label) = row.Read(signature);
        var predictionId = await platform.PredictAsync(model, request, cancellationToken);
        if (label is not null) labels.Add(predictionId, label, time.GetUtcNow());
    }

    private async Task TellLabelsAsync(string model, LateLabels labels, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var count = labels.CountDue(now);
        if (count < LabelsPerRequest) return;
        await platform.LabelAsync(model, labels.Due(now), cancellationToken);
        labels.Told(count);
    }
}
