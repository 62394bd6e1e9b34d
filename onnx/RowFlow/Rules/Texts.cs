namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Operators on strings.</summary>
internal static class Texts
{
    public static void Enter()
    {
        RuleBook.Add("StringSplit", StringSplit);
        RuleBook.Add("com.microsoft", "Tokenizer", new RowRule(Tokenize));
        RuleBook.Add("StringNormalizer", Normalize);
        RuleBook.Add("TfIdfVectorizer", CountTerms, knowsTokens: true);
        RuleBook.Add("ai.onnx.ml", "LabelEncoder", new RowRule(Encode, KnowsTokens: true));
        RuleBook.Add("ai.onnx.ml", "CategoryMapper", new RowRule(Encode, KnowsTokens: true));
        RuleBook.Add("ai.onnx.ml", "Binarizer", new RowRule(step => Step.One(Elementwise.Keep(step, null)), KnowsTokens: true));
    }

    /// <summary>Words of every text, filled up with empty text to the longest text of the batch; and how many there are.</summary>
    private static Flow[] StringSplit(Step step)
    {
        var input = step.Need(0);
        if (input.Rows is null || input.Shape is null) return step.All(Flow.Unknown);
        return [Split(step, input, ""), Flow.Of([.. input.Shape], input.Rows)];
    }

    private static Flow[] Tokenize(Step step)
    {
        var input = step.Need(0);
        if (input.Rows is null || input.Shape is null) return step.All(Flow.Unknown);
        return Step.One(Split(step, input, step.Text("pad_value")));
    }

    private static Flow Split(Step step, Flow input, string fill) =>
        Flow.Of([.. input.Shape!, step.NewSize("words", varies: true)], input.Rows) with
    {
        Tokens = new TokenAxis(input.Rank, new Filling(null, fill), Always: false),
    };

    private static Flow[] Normalize(Step step)
    {
        if (step.Attribute("stopwords") is { Texts.Count: > 0 } or { Truncated: true })
            return step.Need(0).Rows is null ? Step.One(Flow.Unknown) : step.Mixes("drops rows that are stop words");
        return Step.One(Elementwise.Keep(step, null));
    }

    /// <summary>Counts terms row by row; words that no term contains may follow at will.</summary>
    private static Flow[] CountTerms(Step step)
    {
        var input = step.Need(0);
        if (input.Rows is null) return Step.One(Flow.Unknown);
        if (input.Rank != 2 || input.Rows.Axis != 0) return step.Mixes("takes all rows for one text");
        if (input.Tokens is { } words && !Knows(step, words.Fill))
            return step.Mixes($"counts terms that hold the filling, and {RuleBook.PaddedText}");
        var columns = step.Integers("ngram_indexes") is { Count: > 0 } indexes ? Size.Of(indexes.Max() + 1) : step.NewSize("terms");
        return Step.One(Flow.Of([input.Shape![0], columns], input.Rows));
    }

    /// <summary>Whether it is known that no term contains the filling.</summary>
    private static bool Knows(Step step, Filling fill)
    {
        if (fill.Text is { } text) return step.Attribute("pool_strings") is { Truncated: false } texts && !texts.Texts.Contains(text);
        return fill.Number is { } number && step.Attribute("pool_int64s") is { Truncated: false } whole
            && !whole.Integers.Contains((long)number);
    }

    private static Flow[] Encode(Step step)
    {
        var input = step.Need(0);
        var number = input.Tokens is { } words ? FindValue(step, words.Fill) : null;
        return Step.One(Elementwise.Keep(step, number));
    }

    /// <summary>The number that the filling becomes, where that can be told.</summary>
    private static double? FindValue(Step step, Filling fill)
    {
        if (step.Node.Operator.Name != "LabelEncoder" || step.Version < 2 || fill.Text is not { } text) return null;
        if (step.Attribute("keys_strings") is not { Truncated: false } keys
            || step.Attribute("values_int64s") is not { Truncated: false } values)
            return null;
        // Where a key is there twice, which one counts is the runtime's choice.
        var found = Enumerable.Range(0, Math.Min(keys.Texts.Count, values.Integers.Count)).Where(i => keys.Texts[i] == text)
            .Select(i => values.Integers[i]).Distinct().ToArray();
        return found.Length > 1 ? null : found.Length == 1 ? found[0] : step.Integer("default_int64", -1);
    }
}
