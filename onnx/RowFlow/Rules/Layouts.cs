namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Operators that lay the same elements out in another shape or order.</summary>
internal static class Layouts
{
    public static void Enter()
    {
        RuleBook.Add("Reshape", Reshape, readsSizes: true, knowsTokens: true);
        RuleBook.Add("Flatten", Flatten, knowsTokens: true);
        RuleBook.Add("Squeeze", Squeeze, readsSizes: true, knowsTokens: true);
        RuleBook.Add("Unsqueeze", Unsqueeze, readsSizes: true, knowsTokens: true);
        RuleBook.Add("Transpose", Transpose, knowsTokens: true);
        RuleBook.Add("Expand", Expand, readsSizes: true);
        RuleBook.Add("Tile", Tile, readsSizes: true);
    }

    private static Flow[] Reshape(Step step)
    {
        var (input, target) = (step.Need(0), step.Version >= 5 ? step.Need(1).Content : null);
        if (input.Content is { } content && target is { IsScalar: false, Items.Length: <= 1 })
            return Step.One(Flows.Of(content with { IsScalar = target.Items.Length == 0 }));
        if (input.Content is { DependsOnBatch: true }) return step.Mixes("makes use of the size of the batch");
        if (step[1] is { Rows: not null }) return step.Mixes("takes its shape from the rows");
        if (target is not { IsScalar: false } || input.Shape is null)
            return input.Rows is null && target is not { DependsOnBatch: true }
                ? Step.One(Flow.Unknown)
                : step.Mixes("lays rows out in a shape that is not known");
        return Resolve(step, input, target.Items) is { } shape
            ? Step.One(To(step, input, shape))
            : step.Mixes("lays rows out in a shape that is not known");
    }

    /// <summary>The shape that is meant: 0 stands for the input's own size, -1 for what is left over.</summary>
    private static Size[]? Resolve(Step step, Flow input, SizeItem[] items)
    {
        var shape = new Size?[items.Length];
        var open = -1;
        for (var i = 0; i < items.Length; i++)
        {
            if (items[i].Size is not { } size)
            {
                if (items[i].DependsOnBatch) return null;
                shape[i] = step.NewSize($"dimension{i}");
            }
            else if (size.IsNumber(out var number) && number == 0 && step.Integer("allowzero") == 0)
            {
                if (i >= input.Rank) return null;
                shape[i] = input.Shape![i];
            }
            else if (size.IsNumber(out number) && number == -1)
            {
                if (open >= 0) return null;
                open = i;
            }
            else shape[i] = size;
        }

        if (open >= 0) shape[open] = Size.Divide(Size.Product(input.Shape!), Size.Product(shape.OfType<Size>()));
        return shape.All(size => size is not null) ? [.. shape.OfType<Size>()] : null;
    }

    /// <summary>
    /// The same elements in another shape. Rows stay whole where a dimension of the new shape splits the elements at the same places
    /// as the rows' dimension did: as many before it, as many within and behind it.
    /// </summary>
    public static Flow To(Step step, Flow input, Size[] shape)
    {
        if (input.Rows is not { } rows)
            return shape.Any(size => step.Sizes.DependsOnBatch(size))
                ? Flow.Mixed(step.Mixing("lays constants out by the size of the batch"))
                : Flow.Of(shape, finite: input.IsFinite);

        var axes = Enumerable.Range(0, shape.Length).Where(axis => shape[axis].CountsRows).ToArray();
        if (axes is not [var found]) return Flow.Mixed(step.Mixing("gives the rows of the batch a shape that does not count them"));
        var outer = Size.Divide(Size.Product(input.Shape![..rows.Axis]) * rows.Outer, Size.Product(shape[..found]));
        var inner = Size.Divide(rows.Inner * Size.Product(input.Shape[(rows.Axis + 1)..]), Size.Product(shape[(found + 1)..]));
        if (outer is not { IsWhole: true } || inner is null || (inner.IsNumeric && !inner.IsWhole)
            || !shape[found].Equals(outer * Size.Rows * inner))
            return Flow.Mixed(step.Mixing("lays out rows so that parts of several stand together"));
        var output = Flow.Of(shape, new RowAxis(found, outer, inner), input.IsFinite);
        return input.Tokens is { } tokens ? WithTokens(step, input, tokens, output) : output;
    }

    /// <summary>Words stay in line where their dimension is there again with as many elements before it.</summary>
    private static Flow WithTokens(Step step, Flow input, TokenAxis tokens, Flow output)
    {
        var before = Size.Product(input.Shape![..tokens.Axis]);
        for (var axis = 0; axis < output.Rank; axis++)
        {
            if (output.Shape![axis].Equals(input.Shape[tokens.Axis]) && Size.Product(output.Shape[..axis]).Equals(before))
                return output with { Tokens = tokens with { Axis = axis } };
        }

        return Flow.Mixed(step.Mixing(RuleBook.PaddedText));
    }

    private static Flow[] Flatten(Step step)
    {
        var input = step.Need(0);
        if (input.Shape is not { } shape) return Step.One(Flow.Unknown);
        var axis = step.Integer("axis", 1);
        if (axis < 0) axis += shape.Length;
        if (axis < 0 || axis > shape.Length) return step.Mixes("flattens at a dimension that is not there");
        return Step.One(To(step, input, [Size.Product(shape[..(int)axis]), Size.Product(shape[(int)axis..])]));
    }

    private static Flow[] Squeeze(Step step)
    {
        var input = step.Need(0);
        if (input.Content is { Items.Length: 1 } content) return Step.One(Flows.Of(content with { IsScalar = true }));
        if (input.Content is { DependsOnBatch: true }) return step.Mixes("makes use of the size of the batch");
        if (input.Shape is not { } shape) return Step.One(Flow.Unknown);
        if (step.NumbersOf("axes", 1) is not { } given)
            return input.Rows is null ? Step.One(Flow.Unknown) : step.Mixes("drops every dimension of size 1, also that of a single row");
        var axes = given.Select(axis => Step.AxisOf(axis, shape.Length)).ToArray();
        if (axes.Contains(null)) return step.Mixes("drops a dimension that is not there");
        if (axes.Any(axis => axis == input.Rows?.Axis || axis == input.Tokens?.Axis)) return step.Mixes("drops the dimension of the rows");
        var left = Enumerable.Range(0, shape.Length).Where(axis => !axes.Contains(axis)).ToArray();
        return Step.One(Keep(input, left, [.. left.Select(axis => shape[axis])]));
    }

    private static Flow[] Unsqueeze(Step step)
    {
        var input = step.Need(0);
        if (input.Content is { IsScalar: true } content && step.NumbersOf("axes", 1) is [0 or -1])
            return Step.One(Flows.Of(content with { IsScalar = false }));
        if (input.Content is { DependsOnBatch: true }) return step.Mixes("makes use of the size of the batch");
        if (input.Shape is not { } shape) return Step.One(Flow.Unknown);
        if (step.NumbersOf("axes", 1) is not { } given)
            return input.Rows is null ? Step.One(Flow.Unknown) : step.Mixes("adds dimensions that are not known");
        var rank = shape.Length + given.Length;
        var axes = given.Select(axis => Step.AxisOf(axis, rank)).ToArray();
        if (axes.Contains(null) || axes.Distinct().Count() != axes.Length) return step.Mixes("adds a dimension that cannot be");
        // Where each dimension of the output comes from; -1 for a new one.
        var (from, next) = (new int[rank], 0);
        for (var axis = 0; axis < rank; axis++) from[axis] = axes.Contains(axis) ? -1 : next++;
        return Step.One(Keep(input, from, [.. from.Select(axis => axis < 0 ? Size.One : shape[axis])]));
    }

    private static Flow[] Transpose(Step step)
    {
        var input = step.Need(0);
        if (input.Shape is not { } shape) return Step.One(Flow.Unknown);
        var order = step.Integers("perm") is { Count: > 0 } given
            ? given.Select(axis => (int)axis).ToArray()
            : [.. Enumerable.Range(0, shape.Length).Reverse()];
        return order.Order().SequenceEqual(Enumerable.Range(0, shape.Length))
            ? Step.One(Keep(input, order, [.. order.Select(axis => shape[axis])]))
            : step.Mixes("reorders dimensions that are not there");
    }

    /// <summary>The same elements, each dimension taken from one of the input's.</summary>
    private static Flow Keep(Flow input, int[] from, Size[] shape) =>
        Flow.Of(shape, input.Rows is { } rows ? rows with { Axis = Array.IndexOf(from, rows.Axis) } : null, input.IsFinite) with
        {
            Tokens = input.Tokens is { } tokens ? tokens with { Axis = Array.IndexOf(from, tokens.Axis) } : null,
            AtLeast = input.AtLeast,
        };

    private static Flow[] Expand(Step step)
    {
        var (input, target) = (step.Need(0), step.Need(1));
        if (input.Content is { DependsOnBatch: true }) return step.Mixes("makes use of the size of the batch");
        if (target.Rows is not null) return step.Mixes("takes its shape from the rows");
        if (target.Content is not { IsScalar: false } content || input.Shape is null
            || content.Items.Any(item => item is { Size: null, DependsOnBatch: true }))
            return input.Rows is null && target.Content is not { DependsOnBatch: true }
                ? Step.One(Flow.Unknown)
                : step.Mixes("stretches to a shape that is not known");
        if (input.Rows is null && !content.DependsOnBatch && content.Numbers() is [var count]
            && input.Content is { Items.Length: 1 } one && count is > 0 and <= 64)
            return Step.One(Flows.Of(new SizeList([.. Enumerable.Repeat(one.Items[0], (int)count)], IsScalar: false)));

        // A size that is not known may be 1, but not where rows are: those are stretched to their own number or to nothing.
        var frame = Flow.Of([.. content.Items.Select((item, i) => item.Size ?? step.NewSize($"dimension{i}"))]);
        if (frame.Shape!.Any(step.Sizes.Varies)) return step.Mixes(RuleBook.PaddedText);
        var counting = Enumerable.Range(0, frame.Rank).Where(axis => frame.Shape![axis].CountsRows).ToArray();
        if (counting.Length == 0) return Step.One(Broadcasting.Join(step, [input, frame]) with { AtLeast = input.AtLeast });
        if (counting.Length > 1) return step.Mixes("stretches by the number of rows more than once");
        var rows = input.Rows is { } own ? own with { Axis = own.Axis - input.Rank + frame.Rank }
            : new RowAxis(counting[0], Size.One, Size.Divide(frame.Shape![counting[0]], Size.Rows)!);
        return rows.Inner.IsWhole && rows.Axis == counting[0] && rows.Size.Equals(frame.Shape![counting[0]])
            ? Step.One(Broadcasting.Join(step, [input, frame with { Rows = rows }]) with { AtLeast = input.AtLeast })
            : step.Mixes("stretches by the number of rows elsewhere than along the rows");
    }

    private static Flow[] Tile(Step step)
    {
        var (input, repeats) = (step.Need(0), step.Need(1));
        if (input.Content is { DependsOnBatch: true }) return step.Mixes("makes use of the size of the batch");
        if (repeats.Rows is not null) return step.Mixes("takes its number from the rows");
        if (input.Shape is not { } shape || repeats.Content is not { IsScalar: false } content || content.Items.Length != shape.Length
            || content.Items.Any(item => item.Size is null))
            return input.Rows is null && repeats.Content is not { DependsOnBatch: true }
                ? Step.One(Flow.Unknown)
                : step.Mixes("repeats rows by a number that is not known");
        Size[] tiled = [.. shape.Zip(content.Items, (size, item) => size * item.Size!)];
        if (tiled.Any(step.Sizes.Varies)) return step.Mixes(RuleBook.PaddedText);
        if (input.Rows is { } rows)
            return content.Items.Where((item, axis) => axis == rows.Axis ? !item.Size!.IsOne : item.DependsOnBatch).Any()
                ? step.Mixes("repeats the rows of the batch") : Step.One(Flow.Of(tiled, rows, input.IsFinite));
        var counting = Enumerable.Range(0, shape.Length).Where(axis => tiled[axis].CountsRows).ToArray();
        if (counting.Length == 0) return Step.One(Flow.Of(tiled, finite: input.IsFinite));
        return counting is [var one] && content.Items[one].Size!.Equals(Size.Rows)
            ? Step.One(Flow.Of(tiled, new RowAxis(one, Size.One, shape[one]), input.IsFinite))
            : step.Mixes("repeats by the number of rows more than once");
    }
}
