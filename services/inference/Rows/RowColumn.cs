using System.Text;
using System.Text.Json;
using Platform.Hosting.Values;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Rows;

/// <summary>One feature of a row: where its cell lies, and which values it takes.</summary>
internal sealed class RowColumn
{
    /// <summary>What <see cref="FindCategory"/> answers for a value that is missing.</summary>
    public const int Missing = -1;

    /// <summary>What it answers for one that is no category.</summary>
    public const int Unknown = -2;

    private const int MostListed = 10;

    private readonly NameList? _categories;
    private readonly Utf8Names? _spelt;

    /// <param name="name">The feature's name.</param>
    /// <param name="kind">numerical, categorical or text; null where the author says nothing of it.</param>
    /// <param name="input">The input's place in the signature.</param>
    /// <param name="offset">The cell's place in the input's row.</param>
    /// <param name="datatype">The input's datatype.</param>
    /// <param name="categories">The names that it may have; null where anything goes.</param>
    public RowColumn(string name, string? kind, int input, int offset, Datatype datatype, IReadOnlyList<string>? categories)
    {
        (Name, Kind, Input, Offset, Datatype) = (name, kind, input, offset, datatype);
        if (categories is null) return;
        _categories = new(categories);
        _spelt = new(categories);
    }

    public string Name { get; }

    public string? Kind { get; }

    public int Input { get; }

    public int Offset { get; }

    public Datatype Datatype { get; }

    public IReadOnlyList<string>? Categories => _categories?.Names;

    /// <summary>Whether a missing value can be told to the model: as NaN, or as the empty text.</summary>
    public bool CanLack => Datatype == Datatype.Bytes || Datatype.IsFloatingPoint();

    /// <summary>What the feature takes, for messages.</summary>
    public string Expectation
    {
        get
        {
            var what = Categories is { } names ? $"one of the categories {List(names)}"
                : Datatype == Datatype.Bytes ? "a text"
                : Datatype == Datatype.Bool ? "true or false"
                : Datatype.IsFloatingPoint() ? "a number" : "a whole number";
            return CanLack ? $"{what}, or null where it is missing" : what;
        }
    }

    /// <summary>The category's name as UTF-8.</summary>
    public ReadOnlySpan<byte> CategoryAt(int place) => _spelt![place];

    /// <summary>
    /// The place of the category that the current value means, by the rule of <see cref="NameList"/>; else <see cref="Missing"/> or
    /// <see cref="Unknown"/>.
    /// </summary>
    public int FindCategory(ref Utf8JsonReader json)
    {
        if (json.TokenType == JsonTokenType.Null) return Missing;
        if (json.TokenType is not (JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True or JsonTokenType.False)) return Unknown;
        if (!json.ValueIsEscaped && _spelt!.Find(json.ValueSpan) is >= 0 and var spelt) return spelt;
        var text = json.TokenType == JsonTokenType.String ? json.GetString()! : Encoding.UTF8.GetString(json.ValueSpan);
        return _categories!.Find(text) ?? (json.TokenType == JsonTokenType.String && MissingValue.IsMissing(text) ? Missing : Unknown);
    }

    private static string List(IReadOnlyList<string> names) =>
        string.Join(", ", names.Take(MostListed).Select(name => $"'{name}'")) + (names.Count > MostListed ? ", …" : "");
}
