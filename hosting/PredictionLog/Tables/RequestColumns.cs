using Platform.Contracts.Inference;

namespace Platform.Hosting.PredictionLog.Tables;

/// <summary>What is known of every request; a request of several rows says it in each.</summary>
internal static class RequestColumns
{
    private const double MicrosInMs = 1000;

    public static IEnumerable<RecordColumn> Of(PredictionLogged record, int rows)
    {
        var data = record.Data;
        yield return new("prediction_id", TableType.Text, row => data.Rows == 1 || rows == 1 ? record.Id : $"{record.Id}:{row}");
        yield return Text("request_id", data.RequestId);
        yield return new("time", TableType.Time, _ => record.Time);
        yield return Text("version", data.Version);
        yield return Text("route", data.Route);
        yield return Text("route_key", data.RouteKey);
        yield return Text("tenant", data.Tenant);
        yield return Text("status", data.Status);
        yield return Text("error", data.Error);
        yield return Number("latency_ms", data.Timings.TotalMicros / MicrosInMs);
        yield return Number("queue_ms", data.Timings.QueueMicros / MicrosInMs);
        yield return Number("compute_ms", data.Timings.ComputeMicros / MicrosInMs);
        yield return new("batch_size", TableType.Whole, _ => (long)data.BatchSize);
        yield return Text("device", data.Device);
    }

    private static RecordColumn Text(string name, string? text) => new(name, TableType.Text, _ => text);

    private static RecordColumn Number(string name, double number) => new(name, TableType.Number, _ => number);
}
