using Platform.Hosting.Errors;
using Platform.Hosting.PredictionLog;
using Platform.Hosting.PredictionLog.Index;
using Platform.Monitor.Requests;

namespace Platform.Monitor.Search;

/// <summary>Which predictions are wanted, as far as the index knows, and how many.</summary>
internal sealed record SearchRequest(string? Model, string? Version, DateTimeOffset From, DateTimeOffset To, int Limit, LogPosition? After)
{
    private const int DefaultLimit = 50;
    private const int MostAtOnce = 500;

    /// <summary>Whether the index alone says that a prediction is not wanted.</summary>
    public bool Wants(IndexedPrediction prediction) =>
        (Model is null || prediction.Model == Model) && (Version is null || prediction.Version == Version)
        && prediction.Time >= From && prediction.Time < To;

    public static Result<SearchRequest> Read(SearchQuery query)
    {
        var errors = new FieldErrors();
        var from = errors.ReadTime("from", query.From) ?? DateTimeOffset.MinValue;
        var to = errors.ReadTime("to", query.To) ?? DateTimeOffset.MaxValue;
        if (from >= to)
            errors.Add("from", "Must be before to.");
        if (query.Limit is < 1 or > MostAtOnce)
            errors.Add("limit", $"Must be 1 to {MostAtOnce}.");
        if (string.IsNullOrEmpty(query.Model) && !string.IsNullOrEmpty(query.Version))
            errors.Add("version", "It needs a model.");
        if (string.IsNullOrEmpty(query.Model) && !string.IsNullOrEmpty(query.Where))
            errors.Add("where", "It needs a model, whose columns it names.");
        if (errors.Any)
            return errors.ToError();
        return new SearchRequest(
            NullIfEmpty(query.Model), NullIfEmpty(query.Version), from, to, query.Limit ?? DefaultLimit,
            NullIfEmpty(query.After) is { } after ? new LogPosition(after) : null);
    }

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}
