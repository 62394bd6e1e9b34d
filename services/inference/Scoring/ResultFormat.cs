using Microsoft.Net.Http.Headers;

namespace Platform.Inference.Scoring;

/// <summary>Which of its formats a result is asked for in.</summary>
internal static class ResultFormat
{
    private static readonly MediaTypeHeaderValue Csv = new(ScoringEndpoints.Csv), Parquet = new(ScoringEndpoints.Parquet);

    /// <summary>Whether it is to be comma-separated values: they are wanted more, or as much and by a nearer name. Else it is Parquet.</summary>
    public static bool IsText(IList<MediaTypeHeaderValue> accepted)
    {
        var (csv, parquet) = (Find(accepted, Csv), Find(accepted, Parquet));
        return csv.Quality > 0 && csv.CompareTo(parquet) > 0;
    }

    /// <summary>How much a format is wanted: what its nearest name says.</summary>
    private static (double Quality, int Nearness) Find(IList<MediaTypeHeaderValue> accepted, MediaTypeHeaderValue format) => accepted
        .Where(range => format.IsSubsetOf(new MediaTypeHeaderValue(range.MediaType)))
        .Select(range => (range.Quality ?? 1, range.MatchesAllTypes ? 1 : range.MatchesAllSubTypes ? 2 : 3))
        .OrderByDescending(found => found.Item2).ThenByDescending(found => found.Item1)
        .FirstOrDefault();
}
