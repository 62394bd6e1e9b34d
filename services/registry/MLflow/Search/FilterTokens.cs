using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Search;

internal enum TokenKind
{
    Identifier,
    Text,
    Number,
    List,
    Operator,
    Word,
}

/// <summary>A token of a filter, as it is written.</summary>
internal sealed record FilterToken(TokenKind Kind, string Text);

/// <summary>Splits a filter into tokens.</summary>
internal static class FilterTokens
{
    private const int MaxTokens = 500;

    private static readonly string[] Words = ["AND", "LIKE", "ILIKE", "IN", "NOT", "IS", "NULL"];

    public static IReadOnlyList<FilterToken> Read(string filter)
    {
        var tokens = new List<FilterToken>();
        for (var at = 0; at < filter.Length;)
        {
            if (char.IsWhiteSpace(filter[at]))
            {
                at++;
                continue;
            }

            if (tokens.Count == MaxTokens) throw MLflowException.Invalid($"The filter has more than {MaxTokens} tokens.");
            var token = Next(filter, at);
            tokens.Add(token);
            at += token.Text.Length;
        }

        return tokens;
    }

    private static FilterToken Next(string filter, int at) => filter[at] switch
    {
        '\'' => new(TokenKind.Text, Quoted(filter, at)),
        '(' => new(TokenKind.List, Parenthesised(filter, at)),
        '=' or '<' or '>' or '!' => Operator(filter, at),
        '-' or '+' or '.' => Number(filter, at),
        var letter when char.IsAsciiDigit(letter) => Number(filter, at),
        '"' when !IsFollowedByDot(filter, at) => new(TokenKind.Text, Quoted(filter, at)),
        '`' or '"' => new(TokenKind.Identifier, Identifier(filter, at)),
        var letter when char.IsLetter(letter) || letter == '_' => WordOrIdentifier(filter, at),
        _ => throw Invalid(filter[at..]),
    };

    private static FilterToken WordOrIdentifier(string filter, int at)
    {
        var text = Identifier(filter, at);
        return Words.Contains(text, StringComparer.OrdinalIgnoreCase) ? new(TokenKind.Word, text) : new(TokenKind.Identifier, text);
    }

    private static FilterToken Operator(string filter, int at)
    {
        var text = filter[at..Math.Min(at + 2, filter.Length)];
        return text switch
        {
            "!=" or "<=" or ">=" => new(TokenKind.Operator, text),
            ['!', ..] => throw Invalid(text),
            _ => new(TokenKind.Operator, text[..1]),
        };
    }

    private static FilterToken Number(string filter, int at)
    {
        var end = at + 1;
        while (end < filter.Length && (char.IsAsciiLetterOrDigit(filter[end]) || filter[end] == '.' || (filter[end] is '-' or '+' && filter[end - 1] is 'e' or 'E'))) end++;
        return new(TokenKind.Number, filter[at..end]);
    }

    // A name is made of plain parts and quoted ones, with dots between.
    private static string Identifier(string filter, int at)
    {
        var end = at;
        while (end < filter.Length)
            if (filter[end] is '`' or '"') end += Quoted(filter, end).Length;
            else if (char.IsLetterOrDigit(filter[end]) || filter[end] is '_' or '.') end++;
            else if (filter[end] is '-' or '/' && end > at) end++;
            else break;
        return filter[at..end];
    }

    private static bool IsFollowedByDot(string filter, int at)
    {
        var end = at + Quoted(filter, at).Length;
        return end < filter.Length && filter[end] == '.';
    }

    /// <summary>A quoted text with its quotes; a doubled quote, and one behind a backslash, does not end it.</summary>
    public static string Quoted(string filter, int at)
    {
        var quote = filter[at];
        for (var end = at + 1; end < filter.Length; end++)
        {
            if (filter[end] == '\\' && quote != '`') end++;
            else if (filter[end] != quote) continue;
            else if (end + 1 < filter.Length && filter[end + 1] == quote) end++;
            else return filter[at..(end + 1)];
        }

        throw Invalid(filter[at..]);
    }

    private static string Parenthesised(string filter, int at)
    {
        for (var end = at + 1; end < filter.Length; end++)
            if (filter[end] is '\'' or '"') end += Quoted(filter, end).Length - 1;
            else if (filter[end] == ')') return filter[at..(end + 1)];
        throw Invalid(filter[at..]);
    }

    private static MLflowException Invalid(string clause) =>
        MLflowException.Invalid($"Invalid clause(s) in filter string: '{(clause.Length <= 200 ? clause : $"{clause[..200]}…")}'");
}
