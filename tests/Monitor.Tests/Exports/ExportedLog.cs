using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Inference;
using Platform.Hosting.PredictionLog.Index;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Exports;

/// <summary>Two days of predictions in the log of a running monitor, labelled and exported.</summary>
public sealed class ExportedLog : IAsyncLifetime
{
    public const int Count = 400;

    public static readonly DateTimeOffset Midnight = DateTimeOffset.Parse("2026-11-20T00:00:00Z");

    private readonly TemporaryFolder _folder = new();
    private StubRegistry _registry = null!;

    internal MonitorHost Monitor { get; private set; } = null!;

    internal DuckDb Duck { get; } = new();

    /// <summary>Each applicant of version 1 and 2 in turn, by prediction id.</summary>
    internal Dictionary<string, double?[]> Applicants { get; } = [];

    /// <summary>The labels that were sent.</summary>
    internal Dictionary<string, string> Labels { get; } = [];

    public string Tables => _folder.File("november");

    public string LabelFile => _folder.File("labels.parquet");

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        _registry.Deploy(Credit.Version(), []);
        _registry.Deploy(Credit.Version("2"), [], alias: "challenger");
        Monitor = await MonitorHost.StartAsync(_registry, _folder.File("data"));
        await Eventually.TrueAsync(() => Monitor.Services.GetRequiredService<PredictionIndex>().IsBuilt, "the log has been read");
        await LogAsync();
        await LabelAsync();
        await ExportAsync();
    }

    public async Task DisposeAsync()
    {
        Duck.Dispose();
        await Monitor.DisposeAsync();
        await _registry.DisposeAsync();
        _folder.Dispose();
    }

    private async Task LogAsync()
    {
        var random = new Random(3);
        for (var n = 0; n < Count; n++)
        {
            var applicant = Credit.Applicant(random);
            applicant[1] = n % 20 == 7 ? null : applicant[1];
            Applicants[$"p{n}"] = applicant;
            Log(Credit.Named(Credit.Prediction($"p{n}", applicant, Midnight.AddMinutes(7 * n), n % 2 == 0 ? "1" : "2")));
        }

        double?[][] both = [[20, 500, 1, 0], [60, 700, 0, 1]];
        Log(Credit.Named(Credit.Prediction("both", both, Midnight.AddHours(1))));
        Log(Credit.Failure("failed") with { Time = Midnight.AddHours(2) });
        using var found = await Monitor.Http.GetAsync("/v1/predictions/failed");
        Assert.Equal(HttpStatusCode.OK, found.StatusCode);
    }

    private void Log(PredictionLogged record) => Monitor.Log(record with { Data = record.Data with { RequestId = $"request-{record.Id}" } });

    // Every third is labelled, every ninth with what was not answered.
    private async Task LabelAsync()
    {
        for (var n = 0; n < Count; n += 3)
        {
            var truth = Credit.Truth(Applicants[$"p{n}"]);
            Labels[$"p{n}"] = n % 9 == 0 ? truth == "bad" ? "good" : "bad" : truth;
        }

        var labels = Labels.Select(label => new { predictionId = label.Key, label = label.Value, at = Midnight.AddDays(3) });
        await Monitor.Http.PostAsJsonAsync("/v1/models/credit/ground-truth", labels).JsonAsync(HttpStatusCode.Accepted);
        await Monitor.PostAsync("/v1/predictions/p1/feedback", """{"verdict":"disagree","label":"bad"}""", "ada").JsonAsync(HttpStatusCode.Accepted);
    }

    private async Task ExportAsync()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/v1/models/credit/labels") { Headers = { { "Accept", "application/vnd.apache.parquet" } } };
        using var answer = await Monitor.Http.SendAsync(request);
        await File.WriteAllBytesAsync(LabelFile, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal((0, $"{Count + 3} rows in {Tables}\n"), await ExportAsync(_registry.Address, Tables));
    }

    /// <summary>Runs the export program to its end.</summary>
    internal async Task<(int ExitCode, string Said)> ExportAsync(Uri platform, string to)
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Platform.Export.dll"), "--data", _folder.File("data"), "--from", "2026-11-20", "--to", "2026-11-22",
            "--format", "parquet", "--platform", platform.ToString(), "--out", to,
        ];
        using var process = Process.Start(new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var said = await process.StandardOutput.ReadToEndAsync() + await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, said);
    }
}
