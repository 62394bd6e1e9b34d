namespace Platform.Monitor.Features;

/// <summary>An input whose columns are watched one by one.</summary>
internal sealed class ColumnLayout : InputLayout
{
    private readonly Column?[] _columns;
    private readonly int[] _starts;

    /// <param name="input">The tensor's name.</param>
    /// <param name="columns">In the order of the flattened row; null for a column that is not watched.</param>
    public ColumnLayout(string input, IEnumerable<Column?> columns) : base(input)
    {
        _columns = [.. columns];
        _starts = new int[_columns.Length];
        for (var column = 1; column < _columns.Length; column++)
            _starts[column] = _starts[column - 1] + (_columns[column - 1]?.Features.Count ?? 0);
        Features = [.. _columns.SelectMany(column => column?.Features ?? [])];
    }

    public override IReadOnlyList<Feature> Features { get; }

    public override bool NeedsEveryElement => Features.Count > 0;

    /// <summary>The columns that are watched.</summary>
    public IEnumerable<Column> Columns => _columns.OfType<Column>();

    public override void Read(TensorRows tensor, int row, ReadOnlySpan<FeatureValues> into)
    {
        if (tensor.IsWhole)
            ReadWholes(tensor, row, into);
        else if (tensor.IsText)
            ReadTexts(tensor, row, into);
        else
            ReadNumbers(tensor, row, into);
    }

    private void ReadNumbers(TensorRows tensor, int row, ReadOnlySpan<FeatureValues> into)
    {
        var numbers = tensor.Numbers(row);
        for (var n = 0; n < numbers.Length; n++)
        {
            if (Find(tensor.Column(row, n)) is { } at)
                _columns[at]!.Add(numbers[n], into[_starts[at]..]);
        }
    }

    private void ReadWholes(TensorRows tensor, int row, ReadOnlySpan<FeatureValues> into)
    {
        var wholes = tensor.Wholes(row);
        for (var n = 0; n < wholes.Length; n++)
        {
            if (Find(tensor.Column(row, n)) is not { } at)
                continue;
            if (wholes[n] == TensorRows.Missing)
                _columns[at]!.Add(null, into[_starts[at]..]);
            else
                _columns[at]!.Add(wholes[n], into[_starts[at]..]);
        }
    }

    private void ReadTexts(TensorRows tensor, int row, ReadOnlySpan<FeatureValues> into)
    {
        var texts = tensor.Texts(row);
        for (var n = 0; n < texts.Length; n++)
        {
            if (Find(tensor.Column(row, n)) is { } at)
                _columns[at]!.Add(texts[n], into[_starts[at]..]);
        }
    }

    private int? Find(long column) => column < _columns.Length && _columns[column] is not null ? (int)column : null;
}
