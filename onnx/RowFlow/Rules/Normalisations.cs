namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Operators that take the elements along some dimensions together to scale them.</summary>
internal static class Normalisations
{
    public static void Enter()
    {
        foreach (var name in new[] { "Softmax", "LogSoftmax", "Hardmax" }) RuleBook.Add(name, Softmax, knowsTokens: true);
        RuleBook.Add("LpNormalization", step => Along(step, step.Integer("axis", -1), "normalises over the rows of the batch"));
        RuleBook.Add("CumSum", step => step.Numbers(1) is [var axis]
            ? Along(step, axis, "adds up the rows of the batch") : step.Mixes("adds up along a dimension that is not known"));
        foreach (var name in new[] { "LayerNormalization", "RMSNormalization", "SimplifiedLayerNormalization" })
            RuleBook.Add(name, From, knowsTokens: true);
        RuleBook.Add("com.microsoft", "SkipLayerNormalization", new RowRule(Skip));
        RuleBook.Add("com.microsoft", "SkipSimplifiedLayerNormalization", new RowRule(Skip));
        RuleBook.Add("BatchNormalization", OfBatch);
        foreach (var name in new[] { "InstanceNormalization", "GroupNormalization" }) RuleBook.Add(name, WithinRow);
        RuleBook.Add("MeanVarianceNormalization", step => Over(step, step.Integers("axes") ?? [0, 2, 3]));
    }

    /// <summary>Before operator set 13 everything from the axis on is taken together.</summary>
    private static Flow[] Softmax(Step step)
    {
        const string why = "is taken over the rows of the batch";
        var input = step.Need(0);
        if (step.Version >= 13) return Along(step, step.Integer("axis", -1), why);
        if (input.Shape is not { } shape) return input.Rows is null ? step.All(Flow.Unknown) : step.Mixes(why);
        if (input.Tokens is not null) return step.Mixes(RuleBook.PaddedText);
        var axis = Step.AxisOf(step.Integer("axis", 1), shape.Length);
        return input.Rows is null || (axis is { } from && input.Rows.Axis < from)
            ? Step.One(Elementwise.Keep(step, null))
            : step.Mixes(why);
    }

    private static Flow[] Along(Step step, long axis, string why)
    {
        var input = step.Need(0);
        if (input.Rows is null) return Step.One(Elementwise.Keep(step, null));
        if (Step.AxisOf(axis, input.Rank) is not { } along || along == input.Rows.Axis) return step.Mixes(why);
        if (input.Tokens?.Axis == along) return step.Mixes(RuleBook.PaddedText);
        return step.AreConstantFrom(1) ? Step.One(Elementwise.Keep(step, null)) : step.Mixes("takes its dimension from the rows");
    }

    private static Flow[] Over(Step step, IReadOnlyList<long> axes)
    {
        var input = step.Need(0);
        if (input.Rows is null) return Step.One(Elementwise.Keep(step, null));
        return axes.Any(axis => Step.AxisOf(axis, input.Rank) is not { } along || along == input.Rows.Axis)
            ? step.Mixes("takes its mean over the rows of the batch")
            : Step.One(Elementwise.Keep(step, null));
    }

    /// <summary>Everything from a dimension on is taken together.</summary>
    private static Flow[] From(Step step)
    {
        var input = step.Need(0);
        if (!step.AreConstantFrom(1)) return step.Mixes("takes its weights from the rows");
        if (input.Rows is null) return step.All(Flow.Unknown);
        if (Step.AxisOf(step.Integer("axis", -1), input.Rank) is not { } first || input.Rows.Axis >= first)
            return step.Mixes("normalises over the rows of the batch");
        if (input.Tokens is { } tokens && tokens.Axis >= first) return step.Mixes(RuleBook.PaddedText);
        // Weights of a shape of their own must not reach the rows' dimension.
        if (step.Given.Skip(1).Any(weights => weights.Shape is not { } shape || shape.Length > input.Rank - first))
            return step.Mixes("has weights of unknown shape");
        var kept = Elementwise.Keep(step, null);
        var means = kept with { Shape = [.. input.Shape!.Select((size, axis) => axis < first ? size : Size.One)], Tokens = kept.Tokens };
        return [kept, .. Enumerable.Repeat(means, Math.Max(0, step.OutputCount - 1))];
    }

    private static Flow[] Skip(Step step)
    {
        var (input, skip) = (step.Need(0), step.Need(1));
        if (!step.AreConstantFrom(2) || step.Given.Skip(2).Any(weights => weights.Shape is not { Length: 1 }))
            return step.Mixes("has weights that are not followed");
        var joined = Broadcasting.Join(step, [input, skip]);
        if (joined.Rows is null) return step.All(joined);
        if (joined.Rows.Axis == joined.Rank - 1) return step.Mixes("normalises over the rows of the batch");
        // The outputs between the first and the last are not computed on a CPU.
        return [joined, .. Enumerable.Repeat(joined, Math.Max(0, step.OutputCount - 1))];
    }

    /// <summary>In training it takes mean and variance of the whole batch; otherwise it only scales each channel.</summary>
    private static Flow[] OfBatch(Step step)
    {
        var input = step.Need(0);
        var outputs = step.Node.Outputs.Count(name => name.Length > 0);
        var trains = step.Version >= 14
            ? step.Integer("training_mode") != 0
            : outputs > 1 || (step.Version < 7 && step.Integer("is_test") == 0);
        if (trains) return step.Mixes("runs in training mode, which takes mean and variance of the whole batch");
        if (!step.AreConstantFrom(1)) return step.Mixes("takes its weights from the rows");
        if (step.Version < 9 && step.Integer("spatial", 1) == 0) return step.Mixes("has weights for each place");
        if (input.Rows is null) return step.All(Flow.Unknown);
        return input.Rows.Axis == 0 && input.Rank > 1 ? Step.One(Elementwise.Keep(step, null)) : step.Mixes("takes the rows for channels");
    }

    private static Flow[] WithinRow(Step step)
    {
        var input = step.Need(0);
        if (!step.AreConstantFrom(1)) return step.Mixes("takes its weights from the rows");
        if (input.Rows is null) return step.All(Flow.Unknown);
        return input.Rows.Axis == 0 && input.Rank > 2
            ? Step.One(Elementwise.Keep(step, null))
            : step.Mixes("takes the rows for channels or places");
    }
}
