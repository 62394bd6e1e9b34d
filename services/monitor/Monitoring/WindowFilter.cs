using Platform.Hosting.Errors;
using Platform.Monitor.Requests;
using Platform.Monitor.Windows;

namespace Platform.Monitor.Monitoring;

/// <summary>Which windows of a version are wanted.</summary>
/// <param name="From">They end after this.</param>
/// <param name="To">They begin before this.</param>
/// <param name="Limit">At most so many, the latest.</param>
/// <param name="Before">Only windows with smaller numbers; null for all.</param>
/// <param name="Detail">How much of them, a value of <see cref="MonitoringDetail"/>, or null for what it shows by default.</param>
internal sealed record WindowFilter(DateTimeOffset From, DateTimeOffset To, int Limit, long? Before, string? Detail)
{
    private const int DefaultLimit = 20;
    private const int DefaultLimitOfDetail = 100;
    private const int MostAtOnce = 500;

    public bool Wants(WindowReport window) => window.From < To && window.To > From;

    public static Result<WindowFilter> Read(MonitoringQuery query)
    {
        var errors = new FieldErrors();
        var from = errors.ReadTime("from", query.From) ?? DateTimeOffset.MinValue;
        var to = errors.ReadTime("to", query.To) ?? DateTimeOffset.MaxValue;
        if (query.Limit is < 1 or > MostAtOnce)
            errors.Add("limit", $"Must be 1 to {MostAtOnce}.");
        if (query.After is < 1)
            errors.Add("after", "Must be what an earlier answer gave as next.");
        if (from >= to)
            errors.Add("from", "Must be before to.");
        if (query.Detail is not (null or MonitoringDetail.Summary or MonitoringDetail.Windows or MonitoringDetail.Full))
            errors.Add("detail", $"Must be {MonitoringDetail.Summary}, {MonitoringDetail.Windows} or {MonitoringDetail.Full}.");
        var limit = query.Limit ?? (query.Detail is null ? DefaultLimit : DefaultLimitOfDetail);
        return errors.Any ? errors.ToError() : new WindowFilter(from, to, limit, query.After, query.Detail);
    }
}
