using System.Globalization;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Search;

/// <summary>
/// Reads a filter: comparisons that must all hold, joined by AND, as in <c>metrics.loss &lt; 0.1 AND params.`learning rate` = '0.01'</c>
/// (mlflow/utils/search_utils.py of MLflow 3.10).
/// </summary>
internal static class Filter
{
    public static IReadOnlyList<Comparison> Read(string? filter, FilterSchema schema)
    {
        if (string.IsNullOrWhiteSpace(filter)) return [];
        var tokens = new Queue<FilterToken>(FilterTokens.Read(filter));
        var comparisons = new List<Comparison> { ReadComparison(tokens, schema) };
        while (tokens.TryDequeue(out var token))
        {
            if (!IsWord(token, "AND")) throw Invalid(token);
            comparisons.Add(ReadComparison(tokens, schema));
        }

        return comparisons;
    }

    private static Comparison ReadComparison(Queue<FilterToken> tokens, FilterSchema schema)
    {
        if (!tokens.TryDequeue(out var name)) throw MLflowException.Invalid("Invalid clause(s) in filter string: 'AND'");
        if (name.Kind != TokenKind.Identifier) throw MLflowException.Invalid($"Invalid comparison clause. Expected 'Identifier' found '{name.Text}'");
        var (kind, key) = schema.Resolve(name.Text, forOrder: false);
        var comparison = ReadOperator(tokens, name);
        schema.CheckOperator(kind, key, comparison);
        if (comparison is "IS NULL" or "IS NOT NULL") return new Comparison(kind, key, comparison, "", 0, []);
        if (!tokens.TryDequeue(out var value)) throw MLflowException.Invalid("Invalid comparison clause. Expected 3 tokens found 2");
        if (comparison is "IN" or "NOT IN") return new Comparison(kind, key, comparison, "", 0, ReadList(value));
        return schema.IsNumber(kind, key)
            ? new Comparison(kind, key, comparison, "", ReadNumber(kind, key, value), [])
            : new Comparison(kind, key, comparison, ReadText(kind, value), 0, []);
    }

    private static string ReadOperator(Queue<FilterToken> tokens, FilterToken name)
    {
        if (!tokens.TryDequeue(out var token)) throw Invalid(name);
        if (token.Kind == TokenKind.Operator) return token.Text;
        if (token.Kind != TokenKind.Word) throw Invalid(token);
        return token.Text.ToUpperInvariant() switch
        {
            "NOT" => $"NOT {Expect(tokens, token, "IN")}",
            "IS" when tokens.TryPeek(out var next) && IsWord(next, "NOT") => $"IS {Expect(tokens, token, "NOT")} {Expect(tokens, token, "NULL")}",
            "IS" => $"IS {Expect(tokens, token, "NULL")}",
            "AND" or "NULL" => throw Invalid(token),
            var word => word,
        };
    }

    private static string Expect(Queue<FilterToken> tokens, FilterToken before, string word) =>
        tokens.TryDequeue(out var token) && IsWord(token, word) ? word : throw Invalid(token ?? before);

    private static double ReadNumber(EntityKind kind, string key, FilterToken value) =>
        value.Kind == TokenKind.Number && double.TryParse(value.Text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw MLflowException.Invalid(kind == EntityKind.Metric
                ? $"Expected numeric value type for metric. Found {value.Text}"
                : $"Expected numeric value type for numeric attribute: {key}. Found {value.Text}");

    private static string ReadText(EntityKind kind, FilterToken value) => value.Kind == TokenKind.Text
        ? value.Text[1..^1]
        : throw MLflowException.Invalid($"Expected a quoted string value for {FilterSchema.NameOf(kind)} (e.g. 'my-value'). Got value {value.Text}");

    private static List<string> ReadList(FilterToken value)
    {
        if (value.Kind != TokenKind.List) throw MLflowException.Invalid($"Expected a list of quoted string values. Got value {value.Text}");
        var items = new List<string>();
        var inside = value.Text[1..^1].Trim();
        while (inside.Length > 0)
        {
            if (inside[0] is not ('\'' or '"')) throw IllFormed();
            var item = FilterTokens.Quoted(inside, 0);
            items.Add(item[1..^1]);
            inside = inside[item.Length..].TrimStart();
            if (inside.Length == 0) break;
            inside = inside[0] == ',' ? inside[1..].TrimStart() : throw IllFormed();
        }

        return items.Count > 0 ? items
            : throw MLflowException.Invalid("While parsing a list in the query, expected a non-empty list of string values, but got empty list");
    }

    private static MLflowException IllFormed() =>
        MLflowException.Invalid("While parsing a list in the query, expected a non-empty list of string values, but got ill-formed list.");

    private static bool IsWord(FilterToken token, string word) =>
        token.Kind == TokenKind.Word && token.Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    private static MLflowException Invalid(FilterToken token) => MLflowException.Invalid($"Invalid clause(s) in filter string: '{token.Text}'");
}
