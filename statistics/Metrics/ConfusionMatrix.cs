namespace Platform.Statistics.Metrics;

/// <summary>How often each class was predicted for each true class.</summary>
public sealed class ConfusionMatrix
{
    /// <summary>The matrix grows with the square of its classes; of more than these there is none, and all else is counted class by class.</summary>
    public const int MostClasses = 1_000;

    private readonly long[] _correct;
    private readonly long[] _support;
    private readonly long[] _predicted;

    /// <param name="classes">The classes in the order of rows and columns.</param>
    public ConfusionMatrix(IReadOnlyList<string> classes)
    {
        Classes = classes;
        (_correct, _support, _predicted) = (new long[Size], new long[Size], new long[Size]);
        if (Size <= MostClasses)
            Counts = [.. classes.Select(_ => new long[Size])];
    }

    public IReadOnlyList<string> Classes { get; }

    /// <summary>Rows are true classes, columns are predicted classes; null beyond <see cref="MostClasses"/>.</summary>
    public long[][]? Counts { get; }

    public int Size => Classes.Count;

    public long Total => _support.Sum();

    public long Correct => _correct.Sum();

    /// <summary>How often the class was predicted where it was true.</summary>
    public long CorrectOf(int index) => _correct[index];

    /// <summary>How often the class was true.</summary>
    public long Support(int index) => _support[index];

    /// <summary>Whether the class was true or predicted anywhere.</summary>
    public bool Occurs(int index) => _support[index] + _predicted[index] > 0;

    /// <summary>How often the class was predicted.</summary>
    public long Predicted(int index) => _predicted[index];

    /// <summary>The matrix of two classes.</summary>
    public static ConfusionMatrix Of(ReadOnlySpan<bool> labels, ReadOnlySpan<bool> predictions)
    {
        var matrix = new ConfusionMatrix(["0", "1"]);
        for (var row = 0; row < labels.Length; row++)
            matrix.Add(labels[row] ? 1 : 0, predictions[row] ? 1 : 0);
        return matrix;
    }

    /// <summary>The matrix over these classes, or over every class that is true or predicted somewhere.</summary>
    public static ConfusionMatrix Of(ReadOnlySpan<string> labels, ReadOnlySpan<string> predictions, IReadOnlyList<string>? classes = null)
    {
        classes ??= ClassOrder.Sort(labels, predictions);
        var matrix = new ConfusionMatrix(classes);
        var index = ClassOrder.Index(classes);
        for (var row = 0; row < labels.Length; row++)
            matrix.Add(index[labels[row]], index[predictions[row]]);
        return matrix;
    }

    private void Add(int label, int prediction)
    {
        _support[label]++;
        _predicted[prediction]++;
        if (label == prediction)
            _correct[label]++;
        if (Counts is { } counts)
            counts[label][prediction]++;
    }
}
