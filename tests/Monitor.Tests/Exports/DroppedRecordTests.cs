using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Inference;
using Platform.Hosting.PredictionLog.Index;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Exports;

/// <summary>Records that somebody else has written, and that are not as their datatypes and shapes say.</summary>
public sealed class DroppedRecordTests : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private StubRegistry _registry = null!;
    private MonitorHost _monitor = null!;

    public async Task InitializeAsync()
    {
        _registry = await StubRegistry.StartAsync();
        _registry.Deploy(Credit.Version(), []);
        _monitor = await MonitorHost.StartAsync(_registry, _folder.File("data"));
        await Eventually.TrueAsync(() => _monitor.Services.GetRequiredService<PredictionIndex>().IsBuilt, "the log has been read");
    }

    public async Task DisposeAsync()
    {
        await _monitor.DisposeAsync();
        await _registry.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_record_is_in_the_file_with_all_its_rows_or_left_out_and_counted()
    {
        double?[] applicant = [30, 500, 1, 0];
        await LogAsync("first", Credit.Named(Credit.Prediction("first", applicant)));
        await LogAsync("late", As(Credit.Prediction("late", [applicant, applicant, [30.5, 500, 1, 0]]), input => input with { Datatype = "INT32" }));
        await LogAsync("short", As(Credit.Prediction("short", [applicant, applicant]), input => input with { Shape = [3, 4] }));
        await LogAsync("last", Credit.Named(Credit.Prediction("last", [applicant, applicant])));

        var (rows, dropped) = await ExportAsync();

        Assert.Equal(["first", "last:0", "last:1"], rows);
        Assert.Equal("2", dropped);
    }

    [Fact]
    public async Task Nothing_is_said_where_nothing_was_left_out()
    {
        await LogAsync("first", Credit.Named(Credit.Prediction("first", [30, 500, 1, 0])));

        var (rows, dropped) = await ExportAsync();

        Assert.Equal(["first"], rows);
        Assert.Null(dropped);
    }

    private static PredictionLogged As(PredictionLogged record, Func<LoggedTensor, LoggedTensor> change) =>
        record with { Data = record.Data with { Inputs = [change(Credit.Named(record).Data.Inputs[0])] } };

    private async Task LogAsync(string id, PredictionLogged record)
    {
        _monitor.Log(record);
        await Eventually.TrueAsync(() => _monitor.Services.GetRequiredService<PredictionIndex>().Find(id) is not null, $"{id} is in the index");
    }

    private async Task<(IReadOnlyList<string?> Rows, string? Dropped)> ExportAsync()
    {
        using var answer = await _monitor.Http.GetAsync("/v1/models/credit/predictions.parquet?version=1");
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var file = _folder.File("predictions.parquet");
        await File.WriteAllBytesAsync(file, await answer.Content.ReadAsByteArrayAsync());
        using var duck = new DuckDb();
        var rows = duck.Ask($"select prediction_id from '{file}' order by all").Select(row => row["prediction_id"]).ToList();
        return (rows, answer.Headers.TryGetValues("x-dropped", out var dropped) ? dropped.Single() : null);
    }
}
