namespace Platform.Monitor.Outliers;

/// <summary>Learns from rows that are taken for ordinary which rows are not.</summary>
internal interface IOutlierMethod
{
    /// <summary>Its name in requests.</summary>
    string Id { get; }

    /// <summary>The most rows that it learns from in reasonable time.</summary>
    int MostTrainRows { get; }

    /// <summary>The most rows that it scores in reasonable time.</summary>
    int MostTestRows { get; }

    /// <summary>Scores rows of as many finite numbers as each of the rows, at least two, that it learns from.</summary>
    OutlierFindings Find(double[][] train, double[][] test, OutlierParameters parameters);
}
