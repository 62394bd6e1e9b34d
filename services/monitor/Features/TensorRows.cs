using Platform.Statistics.Samples;

namespace Platform.Monitor.Features;

/// <summary>A tensor of a prediction, taken apart by row: its numbers, its 64-bit whole numbers or its texts, row-major.</summary>
internal sealed class TensorRows
{
    /// <summary>What stands for a whole number that is missing.</summary>
    public static readonly Int128 Missing = Int128.MinValue;

    private readonly Int128[]? _wholes;
    private readonly string?[]? _texts;
    private readonly int _stride;
    private double[]? _numbers;

    private TensorRows(double[]? numbers, Int128[]? wholes, string?[]? texts, int stride, long rowSize) =>
        (_numbers, _wholes, _texts, _stride, RowSize) = (numbers, wholes, texts, stride, rowSize);

    /// <summary>Elements of a whole row.</summary>
    public long RowSize { get; }

    /// <summary>Whether every element of a row is here; large tensors are logged in part.</summary>
    public bool IsComplete => _stride == 1;

    public bool IsText => _texts is not null;

    /// <summary>Whether its elements are whole numbers that a double might not tell apart.</summary>
    public bool IsWhole => _wholes is not null;

    /// <summary>One summary a row, where they were logged because the elements were not.</summary>
    public IReadOnlyList<RowSummary> Summaries { get; init; } = [];

    private int Count => _texts?.Length ?? _wholes?.Length ?? _numbers!.Length;

    /// <param name="numbers">The elements that are known: every <paramref name="stride"/>-th.</param>
    /// <param name="stride">1 when all are known.</param>
    /// <param name="rowSize">Elements of a whole row, at least 1.</param>
    /// <param name="summaries">One a row, where they were logged.</param>
    public static TensorRows OfNumbers(double[] numbers, int stride, long rowSize, IReadOnlyList<RowSummary>? summaries = null) =>
        new(numbers, null, null, stride, rowSize) { Summaries = summaries ?? [] };

    /// <summary>The same of 64-bit whole numbers, <see cref="Missing"/> among them.</summary>
    public static TensorRows OfWholes(Int128[] wholes, int stride, long rowSize, IReadOnlyList<RowSummary>? summaries = null) =>
        new(null, wholes, null, stride, rowSize) { Summaries = summaries ?? [] };

    /// <summary>The same of texts.</summary>
    public static TensorRows OfTexts(string?[] texts, int stride, long rowSize) => new(null, null, texts, stride, rowSize);

    /// <summary>
    /// The known numbers of a row, from column 0 where the tensor is complete; empty for a tensor of texts. Whole numbers are
    /// rounded: where one is told from another, ask for <see cref="Wholes"/> or <see cref="ExactNumbers"/>.
    /// </summary>
    public ReadOnlySpan<double> Numbers(int row)
    {
        if (IsText)
            return [];

        var (from, to) = Range(row);
        _numbers ??= Array.ConvertAll(_wholes!, whole => whole == Missing ? double.NaN : (double)whole);
        return _numbers.AsSpan(from, to - from);
    }

    /// <summary>The known numbers of a row to their last digit; empty for a tensor of texts.</summary>
    public ExactNumber[] ExactNumbers(int row) => IsWhole
        ? Array.ConvertAll(Wholes(row).ToArray(), whole => whole == Missing ? double.NaN : ExactNumber.Of(whole))
        : Array.ConvertAll(Numbers(row).ToArray(), number => (ExactNumber)number);

    /// <summary>The known whole numbers of a row; empty for a tensor that <see cref="IsWhole"/> says is another.</summary>
    public ReadOnlySpan<Int128> Wholes(int row)
    {
        var (from, to) = Range(row);
        return _wholes is null ? [] : _wholes.AsSpan(from, to - from);
    }

    /// <summary>The known texts of a row; empty for a tensor of numbers.</summary>
    public ReadOnlySpan<string?> Texts(int row)
    {
        var (from, to) = Range(row);
        return _texts is null ? [] : _texts.AsSpan(from, to - from);
    }

    /// <summary>The column of the n-th known element of a row.</summary>
    public long Column(int row, int n) => (long)(Range(row).From + n) * _stride - row * RowSize;

    /// <summary>Whether the element of a row's first column is known.</summary>
    public bool HasFirst(int row) => Range(row) is var (from, to) && from < to && Column(row, 0) == 0;

    private (int From, int To) Range(int row)
    {
        var from = Math.Min(Count, (row * RowSize + _stride - 1) / _stride);
        var to = Math.Min(Count, ((row + 1) * RowSize + _stride - 1) / _stride);
        return ((int)from, (int)to);
    }
}
