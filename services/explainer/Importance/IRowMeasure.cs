namespace Platform.Explainer.Importance;

/// <summary>What is lost, or moved, of a row's answer when a feature of it is mixed up.</summary>
internal interface IRowMeasure
{
    /// <summary>A value of <see cref="ImportanceMeasure"/>.</summary>
    string Name { get; }

    /// <summary>The groups that are measured.</summary>
    IReadOnlyList<ImportanceGroup> Groups { get; }

    /// <summary>The rows that tell something.</summary>
    IReadOnlyList<int> Rows { get; }

    /// <summary>Adds to <paramref name="values"/>, one for each group, how much worse or farther the answer is.</summary>
    /// <param name="row">The row.</param>
    /// <param name="before">Every number of the output as it was.</param>
    /// <param name="after">The same with the feature mixed up.</param>
    /// <param name="values">Where it is added.</param>
    void Add(int row, ReadOnlySpan<double> before, ReadOnlySpan<double> after, Span<double> values);

    /// <summary>The groups that a row tells of.</summary>
    IEnumerable<int> GroupsOf(int row);
}
