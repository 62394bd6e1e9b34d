using Platform.Hosting.Errors;
using Platform.Monitor.Requests;

namespace Platform.Monitor.Exports;

/// <summary>An <see cref="ExportQuery"/> that has been read.</summary>
internal sealed record ExportRange(string? Version, DateTimeOffset From, DateTimeOffset To, int Limit, string? After)
{
    public bool Holds(DateTimeOffset time) => time >= From && time < To;

    public static Result<ExportRange> Read(ExportQuery query)
    {
        var errors = new FieldErrors();
        var from = errors.ReadTime("from", query.From) ?? DateTimeOffset.MinValue;
        var to = errors.ReadTime("to", query.To) ?? DateTimeOffset.MaxValue;
        if (from >= to)
            errors.Add("from", "Must be before to.");
        if (query.Limit is < 1 or > ExportQuery.MostAtOnce)
            errors.Add("limit", $"Must be 1 to {ExportQuery.MostAtOnce}.");
        if (errors.Any)
            return errors.ToError();
        return new ExportRange(NullIfEmpty(query.Version), from, to, query.Limit ?? ExportQuery.MostAtOnce, NullIfEmpty(query.After));
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
