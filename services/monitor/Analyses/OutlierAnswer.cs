using Platform.Hosting.OpenApi;
using Platform.Monitor.Outliers;

namespace Platform.Monitor.Analyses;

/// <summary>Which rows are outliers.</summary>
/// <param name="Method">The method.</param>
/// <param name="Scores">
/// One per row: of isolation_forest from 0 to 1 and of mahalanobis a distance, higher for stranger rows; of one_class_svm the decision value,
/// higher for more ordinary ones. Null where it is beyond any number.
/// </param>
/// <param name="Outlier">Whether each row is one.</param>
/// <param name="Threshold">Where outliers begin.</param>
/// <param name="Rule">The same in words.</param>
internal sealed record OutlierAnswer(
    [property: OneOf(typeof(OutlierCatalogue), nameof(OutlierCatalogue.Ids))] string Method, IReadOnlyList<double?> Scores,
    IReadOnlyList<bool> Outlier, double Threshold, string Rule);
