namespace Platform.Onnx.Pipelines;

/// <summary>Rows of a request, in their order.</summary>
internal sealed class RowSet
{
    private int[] _rows = [];
    private int[] _places = [];

    /// <summary>Whether it is every row.</summary>
    public bool IsWhole { get; private set; } = true;

    public int Count { get; private set; }

    /// <summary>The row at a place.</summary>
    public int this[int place] => IsWhole ? place : _rows[place];

    /// <summary>Where a row is among these; -1 where it is not.</summary>
    public int PlaceOf(int row) => IsWhole ? row : _places[row];

    public void SetWhole(int count) => (IsWhole, Count) = (true, count);

    /// <summary>Begins with none of so many rows.</summary>
    public void Clear(int of)
    {
        if (_rows.Length < of) (_rows, _places) = (new int[of], new int[of]);
        Array.Fill(_places, -1);
        (IsWhole, Count) = (false, 0);
    }

    public void Add(int row)
    {
        _rows[Count] = row;
        _places[row] = Count++;
    }

    /// <summary>A single row of so many. Where it is among these is not to be asked.</summary>
    public void SetOne(int row, int of)
    {
        if (_rows.Length < of) (_rows, _places) = (new int[of], new int[of]);
        _rows[0] = row;
        (IsWhole, Count) = (of == 1, 1);
    }

    public void CopyFrom(RowSet other, int of)
    {
        if (other.IsWhole)
        {
            SetWhole(other.Count);
            return;
        }

        Clear(of);
        for (var i = 0; i < other.Count; i++) Add(other[i]);
    }

    /// <summary>To be called when all rows have been added.</summary>
    public void End(int of)
    {
        if (Count == of) IsWhole = true;
    }

    public bool IsSame(RowSet other) => Count == other.Count && IsWhole == other.IsWhole
        && (IsWhole || _rows.AsSpan(0, Count).SequenceEqual(other._rows.AsSpan(0, Count)));
}
