using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Pipelines;

/// <summary>One comparison of a value's row with a constant.</summary>
internal sealed partial class ConditionTerm
{
    private readonly string _comparison;
    private readonly string _literal;
    private readonly byte[]? _text;
    private readonly double _number;

    private ConditionTerm(ValueName value, string function, int? index, string comparison, string literal)
    {
        (Value, Function, Index, _comparison, _literal) = (value, function, index, comparison, literal);
        if (literal.StartsWith('\'')) _text = Encoding.UTF8.GetBytes(literal[1..^1]);
        else _number = literal switch { "true" => 1, "false" => 0, _ => double.Parse(literal, CultureInfo.InvariantCulture) };
    }

    /// <summary>What is compared.</summary>
    public ValueName Value { get; }

    /// <summary><c>max</c>, <c>min</c> or <c>argmax</c> over the row; empty for one element of it.</summary>
    public string Function { get; }

    /// <summary>Which element of the row; null where it has only one.</summary>
    public int? Index { get; }

    /// <summary>Null where the text is no comparison.</summary>
    public static ConditionTerm? Parse(string text)
    {
        var match = Form().Match(text);
        if (!match.Success || ValueName.Parse(match.Groups["value"].Value) is not { } value) return null;
        var index = match.Groups["index"] is { Success: true } group ? int.Parse(group.Value, CultureInfo.InvariantCulture) : (int?)null;
        return new ConditionTerm(value, match.Groups["function"].Value, index, match.Groups["comparison"].Value, match.Groups["literal"].Value);
    }

    /// <summary>Why it cannot be asked of a value of that kind; null where it can.</summary>
    public string? Problem(TensorSpec spec)
    {
        if (!ValueSpecs.HasRows(spec)) return $"'{Value}' has no rows to choose by: its first dimension is not free.";
        if (spec.Datatype == Datatype.Bytes != _text is not null)
            return _text is null ? $"'{Value}' holds text, so it is compared with a 'text' in quotes." : $"'{Value}' holds numbers, not text.";
        if (_text is not null && (Function.Length > 0 || _comparison is not ("=" or "!="))) return $"'{Value}' holds text, which is the same (=) or not (!=).";
        if (!Shapes.TryCount([.. spec.Shape.Skip(1)], out var width)) return null; // seen when it runs
        if (Function.Length == 0 && Index is null && width != 1) return $"'{Value}' has {width} values in a row; say which, as in {Value}[0], or max({Value}).";
        return Index >= width ? $"'{Value}' has {width} values in a row, counted from 0." : null;
    }

    /// <summary>Whether a row meets it.</summary>
    /// <exception cref="InvalidDataException">The row has not the elements that are asked for.</exception>
    public bool Holds(TensorBuffer values, int row)
    {
        var width = values.Count / (int)values.Shape[0];
        var first = row * width;
        if (width == 0 || Index >= width || (Function.Length == 0 && Index is null && width != 1))
            throw new InvalidDataException($"'{Value}' has {width} values in a row, which the condition does not expect.");
        if (_text is not null) return values.GetString(first + (Index ?? 0)).SequenceEqual(_text) == (_comparison == "=");
        return Compare(Function.Length > 0 ? Reduce(values, first, width) : ElementNumbers.Read(values, first + (Index ?? 0)));
    }

    public override string ToString() => $"{(Function.Length > 0 ? $"{Function}({Value})" : $"{Value}")}{(Index is { } index ? $"[{index}]" : "")} {_comparison} {_literal}";

    /// <summary>NaN where one of the numbers is.</summary>
    private double Reduce(TensorBuffer values, int first, int width)
    {
        var (best, at) = (ElementNumbers.Read(values, first), 0);
        for (var i = 1; i < width; i++)
        {
            var number = ElementNumbers.Read(values, first + i);
            if (double.IsNaN(number)) return number;
            if (Function == "min" ? number < best : number > best) (best, at) = (number, i);
        }

        return Function == "argmax" && !double.IsNaN(best) ? at : best;
    }

    private bool Compare(double number) => _comparison switch
    {
        "=" => number == _number,
        "!=" => number < _number || number > _number, // which NaN is not
        "<" => number < _number,
        "<=" => number <= _number,
        ">" => number > _number,
        _ => number >= _number,
    };

    [GeneratedRegex(@"^((?<function>max|min|argmax)\((?<value>[^\s()=!<>\[\]]+)\)|(?<value>[^\s()=!<>\[\]]+)(\[(?<index>\d{1,6})\])?)\s*(?<comparison>!=|<=|>=|=|<|>)\s*(?<literal>'[^']*'|true|false|-?\d{1,15}(\.\d{1,15})?([eE][+-]?\d{1,3})?)$")]
    private static partial Regex Form();
}
