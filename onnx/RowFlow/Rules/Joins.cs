namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Operators that put tensors beside each other, or a border around them.</summary>
internal static class Joins
{
    public static void Enter()
    {
        RuleBook.Add("Concat", step => Concat(step, step.Integer("axis", 1)), readsSizes: true, knowsTokens: true);
        RuleBook.Add("ai.onnx.ml", "FeatureVectorizer", new RowRule(step => Concat(step, 1)));
        RuleBook.Add("Pad", Pad, readsSizes: true, knowsTokens: true);
    }

    private static Flow[] Concat(Step step, long wanted)
    {
        var parts = step.Given.ToArray();
        if (parts.All(part => part.Content is { IsScalar: false }))
            return Step.One(Flows.Of(new SizeList([.. parts.SelectMany(part => part.Content!.Items)], IsScalar: false)));
        if (parts.Any(part => part.Content is { DependsOnBatch: true })) return SizesAndMore(step, parts);
        if (parts.All(part => part.Rows is null)) return Step.One(OfConstants(step, parts, wanted));
        if (parts.Any(part => part.Rows is null)) return step.Mixes("puts rows beside a tensor that has no part for each");

        var first = parts[0];
        if (Step.AxisOf(wanted, first.Rank) is not { } axis || parts.Any(part => part.Rank != first.Rank || part.Rows != first.Rows))
            return step.Mixes("puts tensors beside each other whose rows lie differently");
        if (axis == first.Rows!.Axis) return step.Mixes("puts more rows under the rows of the batch");
        var shape = first.Shape!.ToArray();
        shape[axis] = Sum(step, parts.Select(part => part.Shape![axis]));
        var joined = Step.One(Flow.Of(shape, first.Rows, parts.All(part => part.IsFinite)) with { Tokens = Words(parts, axis, out var fits) });
        return fits
            ? joined : step.Mixes(RuleBook.PaddedText);
    }

    /// <summary>A vector of whole numbers of which some are sizes of the batch and others are not followed.</summary>
    private static Flow[] SizesAndMore(Step step, Flow[] parts)
    {
        var items = new List<SizeItem>();
        foreach (var part in parts)
        {
            if (part.Content is { IsScalar: false } content) items.AddRange(content.Items);
            else if (part is { Rows: null, Shape: [var size] } && size.IsNumber(out var count) && count <= 64)
                items.AddRange(Enumerable.Repeat(new SizeItem(null, false), (int)count));
            else return step.Mixes("makes use of the size of the batch");
        }

        return Step.One(Flows.Of(new SizeList([.. items], IsScalar: false)));
    }

    private static Flow OfConstants(Step step, Flow[] parts, long wanted)
    {
        if (parts.Any(part => part.Shape is null || part.Rank != parts[0].Shape?.Length)
            || Step.AxisOf(wanted, parts[0].Rank) is not { } axis)
            return Flow.Unknown;
        var shape = parts[0].Shape!.ToArray();
        shape[axis] = Sum(step, parts.Select(part => part.Shape![axis]));
        return Flow.Of(shape, finite: parts.All(part => part.IsFinite));
    }

    private static Size Sum(Step step, IEnumerable<Size> sizes)
    {
        var parts = sizes.ToArray();
        long sum = 0;
        foreach (var part in parts)
        {
            if (!part.IsNumber(out var number)) return parts.Length == 1 ? part : step.Sizes.Of("sum", parts);
            sum += number;
        }

        return Size.Of(sum);
    }

    private static TokenAxis? Words(Flow[] parts, int axis, out bool fits)
    {
        var words = parts[0].Tokens;
        fits = words?.Axis != axis && parts.All(part => part.Tokens?.Axis == words?.Axis
            && (words is null || part.Shape![words.Axis].Equals(parts[0].Shape![words.Axis])));
        if (words is null || !fits) return null;
        return parts.All(part => part.Tokens!.Fill == words.Fill)
            ? words with { Always = parts.All(part => part.Tokens!.Always) }
            : words with { Fill = Filling.Unknown, Always = false };
    }

    private static Flow[] Pad(Step step)
    {
        var input = step.Need(0);
        if (input.Content is { DependsOnBatch: true } || step.Given.Skip(1).Any(flow => flow.Content is { DependsOnBatch: true }))
            return step.Mixes("makes use of the size of the batch");
        if (!step.AreConstantFrom(1)) return step.Mixes("takes its border from the rows");
        if (input.Shape is not { } shape) return Step.One(Flow.Unknown);
        if (Borders(step, shape.Length) is not { } borders)
            return input.Rows is null ? Step.One(Flow.Unknown) : step.Mixes("adds a border that is not known");
        if (input.Rows is { } rows && borders[rows.Axis] != (0, 0)) return step.Mixes("adds rows to the batch");

        var padded = shape.ToArray();
        for (var axis = 0; axis < padded.Length; axis++)
            if (borders[axis] != (0, 0)) padded[axis] = Grow(step, shape[axis], borders[axis].Before + borders[axis].After);
        var tokens = input.Tokens;
        if (tokens is not null && borders[tokens.Axis] != (0, 0))
        {
            // More of what a row is filled with anyway, behind its end, makes every row longer alike.
            var (before, after) = borders[tokens.Axis];
            if (before != 0 || after < 0 || step.Text("mode", "constant") != "constant" || tokens.Fill.Number is not { } fill
                || Value(step) != fill)
                return step.Mixes(RuleBook.PaddedText);
            tokens = tokens with { Always = true };
        }

        if (tokens is not null && borders.Where((border, axis) => axis != tokens.Axis && border != (0, 0)).Any())
            tokens = tokens with { Fill = Filling.Unknown, Always = false };
        return Step.One(Flow.Of(padded, input.Rows, input.IsFinite) with { Tokens = tokens });
    }

    private static double? Value(Step step)
    {
        if (step.Version < 11) return step.Attribute("value")?.Number ?? 0;
        return step[2] is { } value ? value.Constant?.Uniform() : 0;
    }

    private static Size Grow(Step step, Size size, long by) =>
        size.IsNumber(out var number) ? Size.Of(Math.Max(0, number + by)) : step.Sizes.Of($"grown by {by}", size);

    private static (long Before, long After)[]? Borders(Step step, int rank)
    {
        var pads = step.Version < 11 ? step.Integers("pads") : step.Numbers(1);
        if (pads is null) return null;
        var axes = step.Has(3)
            ? step.Numbers(3)?.Select(axis => Step.AxisOf(axis, rank)).ToArray()
            : [.. Enumerable.Range(0, rank).Select(axis => (int?)axis)];
        if (axes is null || axes.Contains(null) || pads.Count != 2 * axes.Length) return null;
        var borders = new (long, long)[rank];
        for (var i = 0; i < axes.Length; i++) borders[axes[i]!.Value] = (pads[i], pads[i + axes.Length]);
        return borders;
    }
}
