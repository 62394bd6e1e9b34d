using System.ComponentModel.DataAnnotations;
using Platform.Hosting.OpenApi;
using Platform.Monitor.Outliers;

namespace Platform.Monitor.Analyses;

/// <summary>Rows that are taken for ordinary, and rows to be judged by them. All have as many numbers, without a missing one.</summary>
internal sealed record OutlierRequest
{
    /// <summary>The rows to learn from, at least two.</summary>
    [Required]
    public IReadOnlyList<double[]?>? Train { get; init; }

    /// <summary>The rows to judge.</summary>
    [Required]
    public IReadOnlyList<double[]?>? Test { get; init; }

    /// <summary>isolation_forest when absent.</summary>
    [OneOf(typeof(OutlierCatalogue), nameof(OutlierCatalogue.Ids))]
    public string Method { get; init; } = IsolationForest.Name;

    /// <summary>How the method goes about it.</summary>
    public OutlierParameters? Parameters { get; init; }
}
