using System.Text;
using System.Text.Json;
using Platform.Inference.Protocol;
using Platform.Inference.Protocol.Numbers;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Rows;

/// <summary>Reads one row after the other into the tensors, which grow with them as long as nothing is wrong.</summary>
internal ref struct RowReader(RowSchema schema, InferRequest request, Span<ulong> given, Span<int> texts)
{
    private readonly Span<ulong> _given = given;
    private readonly RowTexts _texts = new(schema, texts);
    private int _room;

    /// <summary>Rows read.</summary>
    public int Count { get; private set; }

    /// <summary>What is wrong with them; null where nothing is.</summary>
    public RowProblems? Problems { get; private set; }

    /// <summary>Reads the row at which <paramref name="json"/> stands; false when enough is wrong to stop.</summary>
    public bool TryRead(ref JsonBody json)
    {
        if (json.IsObject) ReadRow(ref json);
        else RefuseRow(ref json);
        Count++;
        return Problems is not { IsFull: true };
    }

    /// <summary>Ends the reading of rows with which nothing is wrong.</summary>
    public void Complete()
    {
        if (_room == 0) MakeRoom();
        for (var i = 0; i < schema.Inputs.Length; i++)
        {
            request.InputOf(i).SetRows(Count);
            request.MarkGiven(i);
        }

        request.Complete();
    }

    private void ReadRow(ref JsonBody json)
    {
        if (_room == 0 || (Count == _room && Problems is null)) MakeRoom();
        _given.Clear();
        var (left, guess) = (schema.Columns.Length, 0);
        while (json.Reader.Read() && json.Reader.TokenType == JsonTokenType.PropertyName)
        {
            var column = Find(ref json, guess);
            if (column < 0 || !TryMark(column))
            {
                RefuseName(ref json, column);
                continue;
            }

            (left, guess) = (left - 1, column + 1);
            json.Reader.Read();
            ReadCell(ref json, column);
        }

        if (left > 0) RefuseMissing();
        else if (schema.HasTexts && Problems is null) AppendTexts(ref json);
    }

    private readonly int Find(ref JsonBody json, int guess) => json.Reader.ValueIsEscaped
        ? schema.Names.Find(Encoding.UTF8.GetBytes(json.Reader.GetString()!))
        : schema.Names.Find(json.Reader.ValueSpan, guess);

    private readonly bool TryMark(int column)
    {
        ref var word = ref _given[column >> 6];
        var bit = 1UL << (column & 63);
        if ((word & bit) != 0) return false;
        word |= bit;
        return true;
    }

    private void ReadCell(ref JsonBody json, int index)
    {
        var column = schema.Columns[index];
        var isRead = column.Categories is not null ? ReadCategory(ref json, index, column)
            : column.Datatype == Datatype.Bytes ? ReadText(ref json, index)
            : ReadNumber(ref json, column);
        if (isRead) return;
        Refuse(column, $"must be {column.Expectation}.");
        json.SkipValue();
    }

    private bool ReadNumber(ref JsonBody json, RowColumn column)
    {
        var (target, cell) = (request.InputOf(column.Input), CellOf(column));
        if (json.Reader.TokenType == JsonTokenType.Null) return RowCell.TryWriteMissing(target, cell);
        var problem = RowCell.Write(ref json.Reader, target, cell);
        if (problem != ElementProblem.OutOfRange) return problem == ElementProblem.None;
        Refuse(column, $"is out of the range of {column.Datatype.Name()}.");
        return true;
    }

    private readonly bool ReadText(ref JsonBody json, int column)
    {
        if (json.Reader.TokenType == JsonTokenType.Null) _texts.KeepMissing(column);
        else if (json.Reader.TokenType == JsonTokenType.String) _texts.Keep(column, json.TokenStart);
        else return false;
        return true;
    }

    private readonly bool ReadCategory(ref JsonBody json, int index, RowColumn column)
    {
        var place = column.FindCategory(ref json.Reader);
        if (place == RowColumn.Unknown) return false;
        if (column.Datatype != Datatype.Bytes)
        {
            var (target, cell) = (request.InputOf(column.Input), CellOf(column));
            return place == RowColumn.Missing ? RowCell.TryWriteMissing(target, cell) : RowCell.TryWritePlace(target, cell, place);
        }

        if (place == RowColumn.Missing) _texts.KeepMissing(index);
        else _texts.KeepCategory(index, place);
        return true;
    }

    /// <summary>Once something is wrong, nobody will see the cells: the first row is written over, so that no memory is taken.</summary>
    private readonly int CellOf(RowColumn column) => (Problems is null ? Count : 0) * schema.Inputs[column.Input].Width + column.Offset;

    private void AppendTexts(ref JsonBody json)
    {
        if (_texts.Append(json.Text, request) is >= 0 and var wrong) Refuse(schema.Columns[wrong], "is not valid Unicode text.");
    }

    private void MakeRoom()
    {
        if (_room == 0) Begin();
        else _room *= 2;
        for (var i = 0; i < schema.Inputs.Length; i++) request.InputOf(i).SetRows(_room);
    }

    private void Begin()
    {
        _room = 1;
        for (var i = 0; i < schema.Inputs.Length; i++)
            request.InputOf(i).Reset(request.Schema.Inputs[i].Datatype, schema.Inputs[i].FirstRow);
    }

    private void RefuseRow(ref JsonBody json)
    {
        (Problems ??= new()).Add(Count, "must be an object with a value for each feature.");
        json.SkipValue();
    }

    private void RefuseName(ref JsonBody json, int column)
    {
        if (column < 0) (Problems ??= new()).Add(Count, json.Reader.ValueSpan, "is no feature of the model.");
        else Refuse(schema.Columns[column], "is given twice.");
        json.SkipValue();
    }

    private void RefuseMissing()
    {
        for (var i = 0; i < schema.Columns.Length; i++)
            if (TryMark(i)) Refuse(schema.Columns[i], "is missing.");
    }

    private void Refuse(RowColumn column, string message) => (Problems ??= new()).Add(Count, column.Name, message);
}
