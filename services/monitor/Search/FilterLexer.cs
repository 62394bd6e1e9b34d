using System.Text;

namespace Platform.Monitor.Search;

/// <summary>Cuts a filter into its words.</summary>
internal static class FilterLexer
{
    private const string SignLetters = "()=!<>,";

    private static readonly string[] Signs = ["!=", "<>", "<=", ">=", "=", "<", ">", "(", ")", ","];

    /// <summary>The words, an end behind them. Throws <see cref="FilterException"/>.</summary>
    public static IReadOnlyList<FilterToken> Read(string text)
    {
        var tokens = new List<FilterToken>();
        for (var at = 0; ;)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
                at++;
            if (at == text.Length)
                break;
            tokens.Add(Next(text, ref at));
        }

        tokens.Add(new(FilterTokenKind.End, "", text.Length + 1));
        return tokens;
    }

    private static FilterToken Next(string text, ref int at)
    {
        var letter = text[at];
        if (letter == '\'')
            return Quoted(FilterTokenKind.Text, text, ref at);
        if (letter == '"')
            return Quoted(FilterTokenKind.QuotedName, text, ref at);
        if (SignLetters.Contains(letter))
            return Sign(text, ref at);
        if (char.IsAsciiDigit(letter) || letter is '-' or '+' or '.')
            return Run(FilterTokenKind.Number, text, ref at, next => char.IsAsciiLetterOrDigit(next) || next is '.' or '-' or '+');
        if (char.IsLetter(letter) || letter == '_')
            return Run(FilterTokenKind.Word, text, ref at, next => char.IsLetterOrDigit(next) || next is '_' or '.');
        throw FilterException.Syntax(at + 1, $"'{letter}' means nothing here.");
    }

    private static FilterToken Run(FilterTokenKind kind, string text, ref int at, Func<char, bool> belongs)
    {
        var from = at++;
        while (at < text.Length && belongs(text[at]))
            at++;
        return new(kind, text[from..at], from + 1);
    }

    private static FilterToken Sign(string text, ref int at)
    {
        var (rest, from) = (text[at..], at + 1);
        var sign = Array.Find(Signs, sign => rest.StartsWith(sign, StringComparison.Ordinal))
            ?? throw FilterException.Syntax(from, $"'{rest[0]}' means nothing here.");
        at += sign.Length;
        return new(FilterTokenKind.Sign, sign == "<>" ? "!=" : sign, from);
    }

    // A quote within is written twice.
    private static FilterToken Quoted(FilterTokenKind kind, string text, ref int at)
    {
        var (quote, from, content) = (text[at], at + 1, new StringBuilder());
        for (at++; at < text.Length; at++)
        {
            if (text[at] != quote)
                content.Append(text[at]);
            else if (at + 1 < text.Length && text[at + 1] == quote)
                content.Append(text[at++]);
            else
                return Ended(kind, content, from, ref at);
        }

        throw FilterException.Syntax(from, $"What begins with {quote} does not end.");
    }

    private static FilterToken Ended(FilterTokenKind kind, StringBuilder content, int from, ref int at)
    {
        at++;
        return new(kind, content.ToString(), from);
    }
}
