namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Operators that pick elements by their places.</summary>
internal static class Selections
{
    private const string PicksRows = "picks rows of the batch by their place";

    public static void Enter()
    {
        RuleBook.Add("Gather", Gather, readsSizes: true, knowsTokens: true);
        RuleBook.Add("GatherElements", GatherElements);
        RuleBook.Add("GatherND", GatherNd);
        RuleBook.Add("Slice", Slice, readsSizes: true, knowsTokens: true);
        RuleBook.Add("Split", Split);
        RuleBook.Add("Trilu", step => step.Need(0) is { Rows: { } rows } input && rows.Axis >= input.Rank - 2
            ? step.Mixes("cuts rows off by their place") : step.AreConstantFrom(1)
                ? Step.One(Elementwise.Keep(step, null))
                : step.Mixes("takes its diagonal from the rows"));
        RuleBook.Add("ReverseSequence", Reverse);
        RuleBook.Add("OneHot", OneHot);
        RuleBook.Add("ai.onnx.ml", "ArrayFeatureExtractor", new RowRule(ArrayFeatures));
    }

    private static Flow[] Gather(Step step)
    {
        var (data, indices) = (step.Need(0), step.Need(1));
        if (data.Content is { IsScalar: false } sizes) return Step.One(FromSizes(step, sizes, indices));
        if (data.Content is { DependsOnBatch: true } || indices.Content is { DependsOnBatch: true })
            return step.Mixes("makes use of the size of the batch");
        if (data.Rows is null && indices.Rows is null && (data.Shape is null || indices.Shape is null)) return Step.One(Flow.Unknown);
        if (data.Shape is not { } shape || indices.Shape is null || Step.AxisOf(step.Integer("axis"), shape.Length) is not { } axis)
            return step.Mixes("picks from a tensor whose shape is not known");
        if (data.Tokens?.Axis == axis || (data.Tokens is not null && indices.Tokens is not null)) return step.Mixes(RuleBook.PaddedText);
        if (data.Rows is not null && indices.Rows is not null) return step.Mixes("picks from rows by what rows say");
        if (data.Rows?.Axis == axis) return step.Mixes(PicksRows);

        Size[] picked = [.. shape[..axis], .. indices.Shape, .. shape[(axis + 1)..]];
        var rows = indices.Rows is { } asked
            ? asked with { Axis = axis + asked.Axis }
            : data.Rows is { } own ? own with { Axis = Behind(own.Axis) } : null;
        var tokens = indices.Tokens is { } words ? OfTable(step, data, axis, words)
            : data.Tokens is { } kept ? kept with { Axis = Behind(kept.Axis) } : null;
        return Step.One(Flow.Of(picked, rows, data.IsFinite) with { Tokens = tokens });

        int Behind(int own) => own > axis ? own + indices.Rank - 1 : own;
    }

    /// <summary>Words looked up in a table are filled with the entry of their filling; that is known where it is all zero.</summary>
    private static TokenAxis OfTable(Step step, Flow data, int axis, TokenAxis words)
    {
        var looked = words with { Axis = axis + words.Axis };
        if (axis != 0 || data.Constant is not { } table || words.Fill.Number is not { } entry || table.Shape.Count == 0)
            return looked with { Fill = Filling.Unknown, Always = false };
        var width = table.Count / Math.Max(1, table.Shape[0]);
        var place = (long)entry < 0 ? (long)entry + table.Shape[0] : (long)entry;
        return table.IsZero(step.Scope.File, place * width, width)
            ? looked with { Fill = new Filling(0, null) }
            : looked with { Fill = Filling.Unknown, Always = false };
    }

    private static Flow FromSizes(Step step, SizeList sizes, Flow indices)
    {
        if (indices.Content?.Numbers() is { } places && places.All(place => Step.AxisOf(place, sizes.Items.Length) is not null))
            return Flows.Of(new SizeList([.. places.Select(place => sizes.Items[Step.AxisOf(place, sizes.Items.Length)!.Value])],
                indices.Content.IsScalar));
        if (sizes.DependsOnBatch || indices.Content is { DependsOnBatch: true })
            return Flow.Mixed(step.Mixing("makes use of the size of the batch"));
        if (indices.Shape is null) return Flow.Unknown;
        return indices.Tokens is null ? Flow.Of(indices.Shape, indices.Rows) : Flow.Mixed(step.Mixing(RuleBook.PaddedText));
    }

    private static Flow[] GatherElements(Step step)
    {
        var (data, indices) = (step.Need(0), step.Need(1));
        if (data.Rows is null && indices.Rows is null) return Step.One(Flow.Unknown);
        return data.Rows is not null && data.Rows == indices.Rows && data.Rank == indices.Rank
            && Step.AxisOf(step.Integer("axis"), data.Rank) is { } axis && axis != data.Rows.Axis
            ? Step.One(Flow.Of(indices.Shape!, indices.Rows, data.IsFinite)) : step.Mixes(PicksRows);
    }

    private static Flow[] GatherNd(Step step)
    {
        var (data, indices, stack) = (step.Need(0), step.Need(1), step.Integer("batch_dims"));
        if (data.Rows is null && indices.Rows is null) return Step.One(Flow.Unknown);
        if (data.Shape is null || indices.Shape is null || !indices.Shape[^1].IsNumber(out var depth))
            return step.Mixes("picks places of unknown depth");
        Size[] picked = [.. indices.Shape[..^1], .. data.Shape.Skip((int)Math.Min(data.Rank, stack + depth))];
        if (data.Rows is null && stack == 0 && indices.Rows!.Axis < indices.Rank - 1)
            return Step.One(Flow.Of(picked, indices.Rows, data.IsFinite));
        return data.Rows is not null && data.Rows == indices.Rows && data.Rows.Axis < stack
            ? Step.One(Flow.Of(picked, data.Rows, data.IsFinite))
            : step.Mixes(PicksRows);
    }

    private static Flow[] Split(Step step)
    {
        var input = step.Need(0);
        if (!step.AreConstantFrom(1)) return step.Mixes("takes its sizes from the rows");
        if (input.Rows is null || input.Shape is not { } shape) return step.All(Flow.Unknown);
        if (Step.AxisOf(step.Integer("axis"), shape.Length) is not { } axis || axis == input.Rows.Axis)
            return step.Mixes("divides the rows of the batch");
        var sizes = step.NumbersOf("split", 1);
        return [.. Enumerable.Range(0, step.OutputCount).Select(part =>
        {
            var own = shape.ToArray();
            own[axis] = sizes is not null && part < sizes.Length ? Size.Of(sizes[part])
                : !step.Has(1) && shape[axis].IsNumber(out var length)
                    && length % step.OutputCount == 0 ? Size.Of(length / step.OutputCount)
                : step.NewSize($"part{part}");
            return Flow.Of(own, input.Rows, input.IsFinite);
        })];
    }

    private static Flow[] Slice(Step step)
    {
        var input = step.Need(0);
        if (!step.AreConstantFrom(1)) return step.Mixes("takes its bounds from the rows");
        if (input.Content is { IsScalar: false } sizes) return Step.One(Slices.OfSizes(step, sizes));
        if (input.Rows is null && step.Given.Skip(1).Any(bound => bound.Content is { DependsOnBatch: true }))
            return step.Mixes("cuts constants by the size of the batch");
        return Step.One(input.Shape is null ? Flow.Unknown : Slices.Of(step, input));
    }

    private static Flow[] Reverse(Step step)
    {
        var (input, lengths) = (step.Need(0), step.Need(1));
        if (input.Rows is null && lengths.Rows is null) return Step.One(Elementwise.Keep(step, null));
        return input.Rows is { IsPlain: true } rows && rows.Axis == step.Integer("batch_axis", 1)
            && lengths.Rows is { Axis: 0, IsPlain: true }
            ? Step.One(Elementwise.Keep(step, null)) : step.Mixes("turns the order of the rows");
    }

    private static Flow[] OneHot(Step step)
    {
        var indices = step.Need(0);
        if (!step.AreConstantFrom(1)) return step.Mixes("takes its width from the rows");
        if (indices.Rows is null) return Step.One(Flow.Unknown);
        if (Step.AxisOf(step.Integer("axis", -1), indices.Rank + 1) is not { } axis) return step.Mixes("adds a dimension that cannot be");
        var width = step[1]?.Content?.Numbers() is [var depth] ? Size.Of(depth) : step.NewSize("depth");
        var rows = indices.Rows with { Axis = indices.Rows.Axis >= axis ? indices.Rows.Axis + 1 : indices.Rows.Axis };
        return Step.One(Flow.Of([.. indices.Shape![..axis], width, .. indices.Shape[axis..]], rows));
    }

    /// <summary>Picks along the last dimension; what is picked by rows lies along the last dimension, whatever shape the indices had.</summary>
    private static Flow[] ArrayFeatures(Step step)
    {
        var (data, indices) = (step.Need(0), step.Need(1));
        if (data.Rows is null && indices.Rows is null) return Step.One(Flow.Unknown);
        if (data.Shape is not { Length: > 0 } shape || indices.Shape is null)
            return step.Mixes("picks from a tensor whose shape is not known");
        if (data.Rows is not null)
            return indices.Rows is null && data.Rows.Axis != shape.Length - 1
                ? Step.One(Flow.Of([.. shape[..^1], Size.Product(indices.Shape)], data.Rows, data.IsFinite)) : step.Mixes(PicksRows);
        var flat = Layouts.To(step, indices, [Size.Product(indices.Shape)]);
        if (flat.Mixing is not null) return Step.One(flat);
        Size[] before = shape.Length == 1 ? [Size.One] : shape[..^1];
        return Step.One(Flow.Of([.. before, flat.Shape![0]], flat.Rows! with { Axis = before.Length }, data.IsFinite));
    }
}
