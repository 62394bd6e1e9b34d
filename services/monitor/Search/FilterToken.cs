namespace Platform.Monitor.Search;

/// <summary>A word of a filter.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">A name, a text without its quotes, a number, or the sign.</param>
/// <param name="At">Where it begins, counted from 1.</param>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int At)
{
    /// <summary>Whether it is a word of the language; names in quotes are none.</summary>
    public bool Is(string word) => Kind == FilterTokenKind.Word && Text.Equals(word, StringComparison.OrdinalIgnoreCase);

    public bool IsSign(string sign) => Kind == FilterTokenKind.Sign && Text == sign;
}

/// <summary>What a word of a filter is.</summary>
internal enum FilterTokenKind
{
    /// <summary>A name, or a word of the language.</summary>
    Word,

    /// <summary>A name in double quotes.</summary>
    QuotedName,

    /// <summary>A text in single quotes.</summary>
    Text,

    Number,

    /// <summary>An operator, a bracket or a comma.</summary>
    Sign,

    End,
}
