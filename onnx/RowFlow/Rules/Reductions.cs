namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Operators that make one element of all along some dimensions.</summary>
internal static class Reductions
{
    private static readonly string[] Names =
    [
        "ReduceL1", "ReduceL2", "ReduceLogSum", "ReduceLogSumExp", "ReduceMax", "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum", "ReduceSumSquare",
    ];

    public static void Enter()
    {
        foreach (var name in Names) RuleBook.Add(name, Reduce, readsSizes: true, knowsTokens: true);
        foreach (var name in new[] { "ArgMax", "ArgMin" }) RuleBook.Add(name, Find);
        RuleBook.Add("TopK", TopK);
    }

    private static Flow[] Reduce(Step step)
    {
        var input = step.Need(0);
        if (input.Content is { } content) return Step.One(OfSizes(step, content));
        if (step[1] is { Rows: not null } or { Content.DependsOnBatch: true }) return step.Mixes("takes its dimensions from the rows");
        if (input.Shape is not null && Axes(step, input.Rank) is { } axes) return Step.One(Without(step, input, axes));
        return input.Rows is null ? Step.One(Flow.Unknown) : step.Mixes("reduces dimensions that are not known");
    }

    private static Flow OfSizes(Step step, SizeList content)
    {
        var known = step.Node.Operator.Name == "ReduceProd" && content.Items.All(item => item.Size is not null)
            ? Size.Product(content.Items.Select(item => item.Size!))
            : null;
        return Flows.Of(new SizeList([known is null ? new SizeItem(null, content.DependsOnBatch) : Flows.Item(known, step.Sizes)], step.Integer("keepdims", 1) == 0));
    }

    /// <summary>The dimensions to be reduced; all of them where none are named, unless the operator is told that this means none.</summary>
    private static int[]? Axes(Step step, int rank)
    {
        var given = step.NumbersOf("axes", 1);
        if (given is null && step.Has(1)) return null;
        if (given is null or []) return step.Integer("noop_with_empty_axes") != 0 ? [] : [.. Enumerable.Range(0, rank)];
        var axes = given.Select(axis => Step.AxisOf(axis, rank)).ToArray();
        return axes.All(axis => axis is not null) ? [.. axes.Select(axis => axis!.Value)] : null;
    }

    private static Flow Without(Step step, Flow input, int[] axes)
    {
        if (input.Rows is { } rows && axes.Contains(rows.Axis)) return Flow.Mixed(step.Mixing("reduces over the rows of the batch"));
        if (input.Tokens is { } words && axes.Contains(words.Axis) && !Ignores(step.Node.Operator.Name, words))
            return Flow.Mixed(step.Mixing($"reduces over words and so {RuleBook.PaddedText}"));
        var keeps = step.Integer("keepdims", 1) != 0;
        var left = Enumerable.Range(0, input.Rank).Where(axis => keeps || !axes.Contains(axis)).ToArray();
        return Flow.Of([.. left.Select(axis => axes.Contains(axis) ? Size.One : input.Shape![axis])],
            input.Rows is { } kept ? kept with { Axis = Array.IndexOf(left, kept.Axis) } : null,
            input.IsFinite && step.Node.Operator.Name is not ("ReduceLogSum" or "ReduceLogSumExp" or "ReduceProd")) with
        {
            AtLeast = Bounds.OfReduced(step.Node.Operator.Name, input),
            Tokens = input.Tokens is { } tokens && !axes.Contains(tokens.Axis)
                ? Kept(step.Node.Operator.Name, tokens) with { Axis = Array.IndexOf(left, tokens.Axis) }
                : null,
        };
    }

    /// <summary>What comes of reducing another dimension of rows that are filled with one number.</summary>
    private static TokenAxis Kept(string name, TokenAxis tokens) =>
        name is "ReduceMax" or "ReduceMin" or "ReduceMean"
            || tokens.Fill.IsZero && name is "ReduceSum" or "ReduceL1" or "ReduceL2" or "ReduceSumSquare"
            ? tokens
            : tokens with { Fill = Filling.Unknown, Always = false };

    /// <summary>
    /// Whether the filling changes nothing: it adds nothing, or it is among the elements of every row, however long the others are.
    /// </summary>
    private static bool Ignores(string name, TokenAxis words) => name switch
    {
        "ReduceSum" or "ReduceL1" or "ReduceL2" or "ReduceSumSquare" => words.Fill.IsZero,
        "ReduceMax" or "ReduceMin" => words.Fill.Number is not null && words.Always,
        _ => false,
    };

    private static Flow[] Find(Step step)
    {
        var input = step.Need(0);
        if (input.Rows is null) return Step.One(Flow.Unknown);
        if (Step.AxisOf(step.Integer("axis"), input.Rank) is not { } axis || axis == input.Rows.Axis)
            return step.Mixes("compares the rows of the batch");
        return Step.One(Without(step, input, [axis]));
    }

    private static Flow[] TopK(Step step)
    {
        var input = step.Need(0);
        if (!step.AreConstantFrom(1)) return step.Mixes("takes its number from the rows");
        if (input.Rows is null) return step.All(Flow.Unknown);
        if (Step.AxisOf(step.Integer("axis", -1), input.Rank) is not { } axis || axis == input.Rows.Axis)
            return step.Mixes("compares the rows of the batch");
        var shape = input.Shape!.ToArray();
        shape[axis] = step.Numbers(1) is [var k] ? Size.Of(k) : step.HasAttribute("k") ? Size.Of(step.Integer("k")) : step.NewSize("k");
        return step.All(Flow.Of(shape, input.Rows, input.IsFinite));
    }
}
