using System.Text.Json;
using Parquet;
using Parquet.Schema;

namespace Platform.Hosting.PredictionLog.Tables;

/// <summary>What a column holds. Every cell may be missing.</summary>
public abstract class TableType
{
    private TableType? _list;

    /// <summary>Text; of what is none, its JSON.</summary>
    public static TableType Text { get; } = new TextType();

    /// <summary>Whole numbers of 64 bits.</summary>
    public static TableType Whole { get; } = new NumberType<long>(cell => cell.GetInt64());

    /// <summary>Numbers of double precision.</summary>
    public static TableType Number { get; } = new NumberType<double>(cell => cell.GetDouble());

    /// <summary>Times in UTC.</summary>
    public static TableType Time { get; } = new TimeType();

    private static readonly Dictionary<string, TableType> ByDatatype = new()
    {
        ["BOOL"] = new NumberType<bool>(cell => cell.GetDouble() != 0),
        ["INT8"] = new NumberType<sbyte>(cell => cell.GetSByte()),
        ["INT16"] = new NumberType<short>(cell => cell.GetInt16()),
        ["INT32"] = new NumberType<int>(cell => cell.GetInt32()),
        ["INT64"] = Whole,
        ["UINT8"] = new NumberType<byte>(cell => cell.GetByte()),
        ["UINT16"] = new NumberType<ushort>(cell => cell.GetUInt16()),
        ["UINT32"] = new NumberType<uint>(cell => cell.GetUInt32()),
        ["UINT64"] = new NumberType<ulong>(cell => cell.GetUInt64()),
        ["FP16"] = new NumberType<float>(cell => cell.GetSingle()),
        ["BF16"] = new NumberType<float>(cell => cell.GetSingle()),
        ["FP32"] = new NumberType<float>(cell => cell.GetSingle()),
        ["FP64"] = Number,
    };

    /// <summary>Lists of this type.</summary>
    internal TableType List => _list ?? Interlocked.CompareExchange(ref _list, new ListType(this), null) ?? _list;

    /// <summary>The type of a tensor's elements; text where the datatype is no number.</summary>
    public static TableType Of(string datatype) => ByDatatype.GetValueOrDefault(datatype, Text);

    /// <summary>The field of a file that holds the column.</summary>
    internal abstract Field FieldOf(string name);

    /// <summary>A cell as it is written; null where it is missing. Throws <see cref="FormatException"/> for a number that the type cannot hold.</summary>
    public abstract object? Read(object? raw);

    /// <summary>About how much memory a cell takes, in words.</summary>
    internal virtual int WeightOf(object? cell) => 1;

    /// <summary>Writes cells as <see cref="Read"/> gave them.</summary>
    internal abstract Task WriteAsync(ParquetRowGroupWriter group, DataField field, IReadOnlyList<object?> cells, CancellationToken cancellationToken);

    /// <summary>Writes the elements of lists.</summary>
    internal abstract Task WriteAsync(ParquetRowGroupWriter group, DataField field, FlatLists lists, CancellationToken cancellationToken);
}
