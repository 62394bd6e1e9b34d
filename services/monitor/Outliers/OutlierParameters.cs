namespace Platform.Monitor.Outliers;

/// <summary>How outliers are looked for; what a method does not know of it leaves alone.</summary>
internal sealed record OutlierParameters
{
    public const int MostTrees = 200;
    public const int MostSampled = 10_000;

    /// <summary>isolation_forest: how many trees, 1 to 200; 100 when absent.</summary>
    public int? Trees { get; init; }

    /// <summary>isolation_forest: rows that each tree is grown of, 2 to 10000; 256 when absent.</summary>
    public int? SampleSize { get; init; }

    /// <summary>isolation_forest: the beginning of its random numbers; 1 when absent. The same seed gives the same answer.</summary>
    public int? Seed { get; init; }

    /// <summary>
    /// isolation_forest and mahalanobis: the share, above 0 and below 0.5, of the training rows that lies beyond the threshold; 0.01 when absent.
    /// </summary>
    public double? Contamination { get; init; }

    /// <summary>one_class_svm: the most of the training rows, above 0 and at most 1, that are left outside; 0.01 when absent.</summary>
    public double? Nu { get; init; }

    /// <summary>one_class_svm: γ of the kernel exp(−γ‖x − y‖²); one over the columns times the variance of all values when absent.</summary>
    public double? Gamma { get; init; }
}
