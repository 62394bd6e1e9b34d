namespace Platform.Monitor.Metrics;

/// <summary>How often each class was predicted for each true class.</summary>
internal sealed class ConfusionMatrix
{
    /// <param name="classes">The classes in the order of rows and columns.</param>
    public ConfusionMatrix(IReadOnlyList<string> classes)
    {
        Classes = classes;
        Counts = new long[classes.Count][];
        for (var row = 0; row < classes.Count; row++)
            Counts[row] = new long[classes.Count];
    }

    public IReadOnlyList<string> Classes { get; }

    /// <summary>Rows are true classes, columns are predicted classes.</summary>
    public long[][] Counts { get; }

    public int Size => Counts.Length;

    public long Total => Counts.Sum(row => row.Sum());

    public long Correct => Enumerable.Range(0, Size).Sum(i => Counts[i][i]);

    /// <summary>How often the class was true.</summary>
    public long Support(int index) => Counts[index].Sum();

    /// <summary>How often the class was predicted.</summary>
    public long Predicted(int index) => Counts.Sum(row => row[index]);

    /// <summary>The matrix of two classes.</summary>
    public static ConfusionMatrix Of(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions)
    {
        var matrix = new ConfusionMatrix(["0", "1"]);
        for (var row = 0; row < labels.Length; row++)
            matrix.Counts[labels[row] ? 1 : 0][predictions[row] ? 1 : 0]++;
        return matrix;
    }

    /// <summary>The matrix over every class that is true or predicted somewhere.</summary>
    public static ConfusionMatrix Of(ReadOnlySpan<string> labels, ReadOnlySpan<string> predictions)
    {
        var classes = ClassOrder.Sort(labels, predictions);
        var matrix = new ConfusionMatrix(classes);
        var index = ClassOrder.Index(classes);
        for (var row = 0; row < labels.Length; row++)
            matrix.Counts[index[labels[row]]][index[predictions[row]]]++;
        return matrix;
    }
}
