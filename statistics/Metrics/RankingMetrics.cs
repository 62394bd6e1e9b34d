namespace Platform.Statistics.Metrics;

/// <summary>
/// Measures of an order of candidates, averaged over the queries, as scikit-learn defines them: equal scores share the
/// average gain of the places they take. NDCG uses the relevance itself as gain; a query without any relevance scores 0.
/// </summary>
public static class RankingMetrics
{
    private const int Cutoff = 5;

    /// <summary>NDCG over all places and the first five, and mean average precision by two notions of relevant.</summary>
    /// <param name="relevance">Per query the relevance of each candidate, 0 or more.</param>
    /// <param name="scores">Per query the score of each candidate.</param>
    /// <param name="relevantFrom">The relevance from which a candidate counts as relevant in <c>map</c>.</param>
    public static MetricSet Measure(IReadOnlyList<double[]> relevance, IReadOnlyList<double[]> scores, double relevantFrom = 1)
    {
        var queries = Enumerable.Range(0, relevance.Count).ToArray();
        return new()
        {
            ["ndcg"] = Mean(queries.Select(q => Ndcg(relevance[q], scores[q], int.MaxValue))),
            ["ndcg_at_5"] = Mean(queries.Select(q => Ndcg(relevance[q], scores[q], Cutoff))),
            ["map"] = Mean(queries.Select(q => AveragePrecision(relevance[q], scores[q], relevantFrom))),
            ["map_relevance_at_least_2"] = Mean(queries.Select(q => AveragePrecision(relevance[q], scores[q], 2))),
        };
    }

    /// <summary>Discounted gain of the order by score over that of the best order, 0 to 1.</summary>
    public static double Ndcg(double[] relevance, double[] scores, int cutoff)
    {
        var gains = (double[])relevance.Clone();
        var order = Array.ConvertAll(scores, score => -score);
        Array.Sort(order, gains);

        var best = Array.ConvertAll(relevance, value => -value);
        Array.Sort(best);
        return Ratio.OrZero(Discounted(order, gains, cutoff), Discounted(best, Array.ConvertAll(best, value => -value), cutoff));
    }

    private static double AveragePrecision(double[] relevance, double[] scores, double relevantFrom) =>
        ScoreRanking.Measure(Array.ConvertAll(relevance, value => value >= relevantFrom), scores).AveragePrecision;

    private static double Discounted(double[] order, double[] gains, int cutoff)
    {
        var sum = 0.0;
        for (var start = 0; start < order.Length;)
        {
            var (end, gain, discount) = (start, 0.0, 0.0);
            for (; end < order.Length && order[end] == order[start]; end++)
            {
                gain += gains[end];
                discount += end < cutoff ? 1 / Math.Log2(end + 2) : 0;
            }

            sum += gain / (end - start) * discount;
            start = end;
        }

        return sum;
    }

    // A query without a relevant candidate has no average precision, and is left out.
    private static double Mean(IEnumerable<double> values) =>
        values.Where(value => !double.IsNaN(value)).DefaultIfEmpty(double.NaN).Average();
}
