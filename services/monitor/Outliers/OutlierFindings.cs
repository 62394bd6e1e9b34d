using Platform.Statistics.Samples;

namespace Platform.Monitor.Outliers;

/// <summary>Scores and what they mean.</summary>
/// <param name="Scores">One per row.</param>
/// <param name="Outliers">Whether each lies beyond the threshold; as many.</param>
/// <param name="Threshold">Where outliers begin.</param>
/// <param name="Rule">The same in words.</param>
internal sealed record OutlierFindings(double[] Scores, bool[] Outliers, double Threshold, string Rule)
{
    private const double DefaultContamination = 0.01;

    /// <summary>Of scores that are higher for stranger rows: an outlier is one above almost all training rows' own.</summary>
    public static OutlierFindings Above(double[] trainScores, double[] scores, OutlierParameters parameters)
    {
        var share = parameters.Contamination ?? DefaultContamination;
        double[] sorted = [.. trainScores.Order()];
        var threshold = Quantile.Of(sorted, 1 - share);
        return new(
            scores, Array.ConvertAll(scores, score => !(score <= threshold)), threshold,
            FormattableString.Invariant($"an outlier has a score above that of all but {share} of the training rows"));
    }
}
