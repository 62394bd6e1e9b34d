using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Platform.Contracts.Inference;
using Platform.Hosting;
using Platform.Hosting.Defaults;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Files;
using Platform.Hosting.PredictionLog.Kafka;
using Platform.TestKit;

namespace Platform.Integration.Tests.PredictionLog;

/// <summary>A process that writes the prediction log, as inference does: the local log, its committer and the forwarder.</summary>
internal sealed class WritingProcess : IAsyncDisposable
{
    private static readonly string[] Models = ["credit", "fashion", "spam"];

    private readonly WebApplication _app;

    private WritingProcess(WebApplication app) => _app = app;

    /// <summary>A part of it.</summary>
    public T Get<T>() where T : notnull => _app.Services.GetRequiredService<T>();

    /// <summary>Where its records stand.</summary>
    public ForwardTotals Totals => _app.Services.GetRequiredService<KafkaMetrics>().Forwarder();

    public static async Task<WritingProcess> StartAsync(string folder, IEnumerable<KeyValuePair<string, string?>> settings)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Testing" });
        builder.Configuration.AddInMemoryCollection([new("Storage:Directory", folder), new("urls", "http://127.0.0.1:0"), .. settings]);
        builder.Logging.ClearProviders();
        builder.Services.AddPredictionLogWriter();
        var process = new WritingProcess(builder.Build());
        await process._app.StartAsync();
        return process;
    }

    /// <summary>As if the process had died before it noted how far it came: everything is sent again.</summary>
    public static void ForgetTheMark(TemporaryFolder folder)
    {
        var path = folder.File("prediction-log", "forwarded.json");
        var mark = JsonNode.Parse(File.ReadAllText(path))!;
        foreach (var count in new[] { "address", "number", "delivered" }) mark[count] = 0;
        File.WriteAllText(path, mark.ToJsonString());
    }

    /// <summary>Makes durable what was appended, and returns how much that has ever been; more may have been appended meanwhile.</summary>
    public async Task<long> CommitAsync()
    {
        var log = _app.Services.GetRequiredService<FasterPredictionLog>();
        var appended = log.Records;
        await log.CommitAsync(CancellationToken.None);
        return appended;
    }

    /// <summary>Makes everything durable and drops what the disk bound does not allow to be kept.</summary>
    public async Task KeepBoundAsync()
    {
        await CommitAsync();
        _app.Services.GetRequiredService<FasterPredictionLog>().ApplyRetention();
        await CommitAsync();
    }

    /// <summary>Appends records whose ids are consecutive numbers, of several models in turn.</summary>
    public void Append(int first, int count, int padding = 200)
    {
        var log = _app.Services.GetRequiredService<IPredictionLogWriter>();
        for (var n = first; n < first + count; n++) log.Append(Record(n, padding));
    }

    /// <summary>Appends a record as it is.</summary>
    public void Append(PredictionLogged record) => _app.Services.GetRequiredService<IPredictionLogWriter>()
        .Append(JsonSerializer.SerializeToUtf8Bytes(record, PlatformJson.Tolerant));

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static byte[] Record(int n, int padding) => JsonSerializer.SerializeToUtf8Bytes(
        new PredictionLogged { Id = $"{n}", Subject = Models[n % Models.Length], Data = new() { RequestId = new string('x', padding) } },
        PlatformJson.Tolerant);
}
