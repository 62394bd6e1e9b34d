using Platform.Hosting.Errors;
using Platform.Hosting.Paging;
using Platform.Hosting.PredictionLog.Index;
using Platform.Monitor.Baselines;
using Platform.Monitor.Monitoring;

namespace Platform.Monitor.Search;

/// <summary>
/// Searches the last predictions, the newest first. The work of a page is bounded: it ends after so many records or rows, or so much time, and
/// tells where the next one begins.
/// </summary>
internal sealed class PredictionSearch(
    PredictionIndex index, RecordSearch records, BaselineCatalog baselines, VersionFinder versions, TimeProvider time)
{
    /// <summary>The most records that a page reads.</summary>
    internal const int MostRead = 1_000;

    /// <param name="query">What is wanted.</param>
    /// <param name="permits">Whether the caller may see predictions of a model.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    public async Task<Result<Page<SearchItem>>> SearchAsync(SearchQuery query, Func<string, bool> permits, CancellationToken cancellationToken)
    {
        try
        {
            if (!SearchRequest.Read(query).Succeeded(out var request, out var error))
                return error;
            var prepared = await PrepareAsync(request, query.Where, cancellationToken);
            return prepared.Succeeded(out var ready, out error)
                ? await PageAsync(ready.Request, ready.Filter, permits, cancellationToken)
                : error;
        }
        catch (FilterException exception)
        {
            return exception.Error;
        }
        catch (HttpRequestException)
        {
            return MonitoringErrors.RegistryAway;
        }
        catch (IOException)
        {
            return SearchErrors.LogAway;
        }
    }

    private async Task<Result<(SearchRequest Request, Filter? Filter)>> PrepareAsync(
        SearchRequest request, string? where, CancellationToken cancellationToken)
    {
        if (request.Model is not { } model)
            return (request, (Filter?)null);

        var found = await versions.FindAsync(model, request.Version, cancellationToken);
        if (!found.Succeeded(out var version, out var error))
            return error.Code == MonitoringErrors.NothingServes(model).Code && string.IsNullOrEmpty(where) ? (request, (Filter?)null) : error;
        // Without a version its columns are looked for in the one that serves, and rows of every version are held against them.
        var wanted = request.Version is null ? request : request with { Version = version.Version };
        if (string.IsNullOrEmpty(where))
            return (wanted, (Filter?)null);
        var baseline = await baselines.GetAsync(version, cancellationToken);
        return (wanted, FilterParser.Read(where, new(baseline.Description.Metadata, $"{version}")));
    }

    private async Task<Result<Page<SearchItem>>> PageAsync(
        SearchRequest request, Filter? filter, Func<string, bool> permits, CancellationToken cancellationToken)
    {
        if (!index.IsBuilt)
            return SearchErrors.Indexing;
        if (index.Newest(request.After, prediction => request.Wants(prediction) && permits(prediction.Model), MostRead + 1) is not { } candidates)
        {
            return Problems.Invalid(new Dictionary<string, string[]>
            {
                ["after"] = ["Must be the next of an earlier page; what followed that one is no longer known otherwise."],
            });
        }

        var (budget, items, read) = (new PageBudget(time), new List<SearchItem>(), 0);
        while (read < Math.Min(candidates.Count, MostRead) && items.Count < request.Limit && (read == 0 || !budget.IsSpent))
        {
            var some = candidates.Skip(read).Take(MostRead - read);
            var found = await records.ReadAsync(some, filter, request.Limit - items.Count, budget, cancellationToken);
            items.AddRange(found.Items);
            read += found.Read;
        }

        return new Page<SearchItem>(items, read < candidates.Count ? candidates[read - 1].Position.Token : null);
    }
}
