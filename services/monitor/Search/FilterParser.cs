using System.Globalization;

namespace Platform.Monitor.Search;

/// <summary>
/// Reads a filter: comparisons of a column with a value (<c>= != &lt; &lt;= &gt; &gt;=</c>), <c>in (…)</c>, <c>is null</c> and <c>is not null</c>, put together with
/// <c>not</c>, <c>and</c>, <c>or</c> and brackets, which bind in that order.
/// </summary>
internal sealed class FilterParser
{
    public const int LongestText = 2_000;

    private const int MostNested = 50;
    private static readonly string[] Comparisons = ["=", "!=", "<", "<=", ">", ">="];

    private readonly IReadOnlyList<FilterToken> _tokens;
    private readonly FilterColumns _columns;
    private int _at;
    private int _nested;

    private FilterParser(IReadOnlyList<FilterToken> tokens, FilterColumns columns) => (_tokens, _columns) = (tokens, columns);

    /// <summary>The filter. Throws <see cref="FilterException"/> where the text is none, or a column does not fit.</summary>
    public static Filter Read(string text, FilterColumns columns)
    {
        if (text.Length > LongestText)
            throw FilterException.Syntax(LongestText, $"A filter has at most {LongestText} characters.");
        var parser = new FilterParser(FilterLexer.Read(text), columns);
        var filter = parser.Either();
        if (parser.Next.Kind != FilterTokenKind.End)
            throw parser.Expected("'and', 'or' or the end");
        return filter;
    }

    private FilterToken Next => _tokens[_at];

    private Filter Either()
    {
        if (++_nested > MostNested)
            throw FilterException.Syntax(Next.At, $"Brackets are nested at most {MostNested} deep.");
        var left = Both();
        while (Take("or"))
            left = new Filter.Or(left, Both());
        _nested--;
        return left;
    }

    private Filter Both()
    {
        var left = Negated();
        while (Take("and"))
            left = new Filter.And(left, Negated());
        return left;
    }

    private Filter Negated()
    {
        var isNegated = false;
        while (Take("not"))
            isNegated = !isNegated;
        var filter = TakeSign("(") ? Bracketed() : Compared();
        return isNegated ? new Filter.Not(filter) : filter;
    }

    private Filter Bracketed()
    {
        var filter = Either();
        return TakeSign(")") ? filter : throw Expected("')'");
    }

    private Filter Compared()
    {
        if (Next.Kind is not (FilterTokenKind.Word or FilterTokenKind.QuotedName))
            throw Expected("the name of a column");
        var column = _columns.Find(_tokens[_at++]);
        if (Take("is"))
            return Missing(column);
        if (Take("not"))
            return Take("in") ? new Filter.Not(OneOf(column)) : throw Expected("'in'");
        if (Take("in"))
            return OneOf(column);
        if (Next.Kind != FilterTokenKind.Sign || !Comparisons.Contains(Next.Text))
            throw Expected("=, !=, <, <=, >, >=, 'in' or 'is'");
        var sign = _tokens[_at++].Text;
        if (sign is not ("=" or "!=") && !column.IsNumber)
            throw FilterException.Column($"'{column.Name}' holds no numbers: =, !=, in and is compare it, {sign} does not.");
        return new Filter.Comparison(column, sign, Value(column));
    }

    private Filter Missing(FilterColumn column)
    {
        var isNegated = Take("not");
        if (!Take("null"))
            throw Expected("'null'");
        return isNegated ? new Filter.Not(new Filter.IsMissing(column)) : new Filter.IsMissing(column);
    }

    private Filter.In OneOf(FilterColumn column)
    {
        if (!TakeSign("("))
            throw Expected("'('");
        var values = new List<FilterValue> { Value(column) };
        while (TakeSign(","))
            values.Add(Value(column));
        return TakeSign(")") ? new(column, values) : throw Expected("',' or ')'");
    }

    private FilterValue Value(FilterColumn column)
    {
        var token = Next;
        var value = token.Kind switch
        {
            FilterTokenKind.Number => Number(token),
            FilterTokenKind.Text => FilterValue.Of(token.Text),
            FilterTokenKind.Word when token.Is("true") || token.Is("false") => FilterValue.Of(token.Text),
            FilterTokenKind.Word when token.Is("null") => throw FilterException.Column($"'{column.Name}' is asked for null by 'is null' or 'is not null'."),
            _ => throw Expected("a number, or a text in single quotes,"),
        };
        if (column.IsNumber && token.Kind != FilterTokenKind.Number)
            throw FilterException.Column($"'{column.Name}' holds numbers, and '{token.Text}' is none.");
        _at++;
        return value;
    }

    private static FilterValue Number(FilterToken token) =>
        double.TryParse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number)
            ? FilterValue.Of(number)
            : throw FilterException.Syntax(token.At, $"'{token.Text}' is no number.");

    private bool Take(string word)
    {
        if (!Next.Is(word))
            return false;
        _at++;
        return true;
    }

    private bool TakeSign(string sign)
    {
        if (!Next.IsSign(sign))
            return false;
        _at++;
        return true;
    }

    private FilterException Expected(string what) => FilterException.Syntax(
        Next.At, $"{what} is expected{(Next.Kind == FilterTokenKind.End ? ", and the filter ends" : $", not '{Next.Text}'")}.");
}
