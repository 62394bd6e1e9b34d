namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Cuts tensors by Slice.</summary>
internal static class Slices
{
    /// <summary>A part of a list of sizes.</summary>
    public static Flow OfSizes(Step step, SizeList sizes)
    {
        var bounds = Bounds(step, rank: 1);
        if (bounds is [{ } cut] && Number(cut.Start) is { } start && Number(cut.End) is { } end && Number(cut.Step) == 1)
        {
            var (from, to) = (Clamp(start, sizes.Items.Length), Clamp(end, sizes.Items.Length));
            return Flows.Of(new SizeList(sizes.Items[from..Math.Max(from, to)], IsScalar: false));
        }

        return sizes.DependsOnBatch ? Flow.Mixed(step.Mixing("makes use of the size of the batch")) : Flow.Unknown;
    }

    public static Flow Of(Step step, Flow input)
    {
        if (Bounds(step, input.Rank) is not { } bounds)
            return input.Rows is null ? Flow.Unknown : Flow.Mixed(step.Mixing("cuts dimensions that are not known"));
        var (shape, tokens) = (input.Shape!.ToArray(), input.Tokens);
        for (var axis = 0; axis < bounds.Length; axis++)
        {
            if (bounds[axis] is not { } cut) continue;
            if (input.Rows?.Axis == axis)
            {
                if (!IsWhole(cut, shape[axis])) return Flow.Mixed(step.Mixing("cuts rows off the batch by their place"));
            }
            else if (tokens?.Axis == axis)
            {
                if (Shortened(step, cut, shape[axis]) is not { } length) return Flow.Mixed(step.Mixing(RuleBook.PaddedText));
                // A row that is cut off within its own words has no filling at its end.
                (shape[axis], tokens) = (length, length.Equals(shape[axis]) ? tokens : tokens with { Always = false });
            }
            else if (new[] { cut.Start, cut.End, cut.Step }.Any(bound => bound.DependsOnBatch))
                return Flow.Mixed(step.Mixing("makes use of the size of the batch"));
            else shape[axis] = Length(step, cut, shape[axis], axis);
        }

        return Flow.Of(shape, input.Rows, input.IsFinite) with { Tokens = tokens };
    }

    /// <summary>What is cut of each dimension; null where that is not known.</summary>
    private static Cut?[]? Bounds(Step step, int rank)
    {
        if (step.Version < 10) return OfAttributes(step, rank);
        if (step[1]?.Content is not { } starts || step[2]?.Content is not { } ends) return null;
        var axes = step.Has(3) ? step.Numbers(3) : [.. Enumerable.Range(0, starts.Items.Length).Select(axis => (long)axis)];
        var steps = step.Has(4) ? step[4]!.Content?.Items : [.. starts.Items.Select(_ => Flows.Number(1))];
        return axes is null || steps is null ? null : Arrange(axes, starts.Items, ends.Items, steps, rank);
    }

    private static Cut?[]? OfAttributes(Step step, int rank)
    {
        if (step.Integers("starts") is not { } starts || step.Integers("ends") is not { } ends) return null;
        var axes = step.Integers("axes") ?? [.. Enumerable.Range(0, starts.Count).Select(axis => (long)axis)];
        return Arrange(axes, [.. starts.Select(Flows.Number)], [.. ends.Select(Flows.Number)],
            [.. starts.Select(_ => Flows.Number(1))], rank);
    }

    private static Cut?[]? Arrange(IReadOnlyList<long> axes, SizeItem[] starts, SizeItem[] ends, SizeItem[] steps, int rank)
    {
        if (axes.Count != starts.Length || axes.Count != ends.Length || axes.Count != steps.Length) return null;
        var cuts = new Cut?[rank];
        for (var i = 0; i < axes.Count; i++)
        {
            if (Step.AxisOf(axes[i], rank) is not { } axis) return null;
            cuts[axis] = new Cut(starts[i], ends[i], steps[i]);
        }

        return cuts;
    }

    /// <summary>Whether a cut leaves everything.</summary>
    private static bool IsWhole(Cut cut, Size size) =>
        Number(cut.Start) == 0 && Number(cut.Step) == 1
            && (Number(cut.End) >= int.MaxValue || (cut.End.Size is { } end && end.Equals(size)));

    /// <summary>How long words are when no more than some from the first on are kept; null for any other cut.</summary>
    private static Size? Shortened(Step step, Cut cut, Size length)
    {
        if (IsWhole(cut, length)) return length;
        if (Number(cut.Start) != 0 || Number(cut.Step) != 1 || Number(cut.End) is not { } end || end <= 0) return null;
        return step.Sizes.Of($"at most {end}", length);
    }

    private static Size Length(Step step, Cut cut, Size size, int axis)
    {
        if (IsWhole(cut, size)) return size;
        if (Number(cut.Start) is { } start && Number(cut.End) is { } end && Number(cut.Step) is { } stride && stride > 0)
        {
            if (size.IsNumber(out var length))
                return Size.Of((Math.Max(0, Clamp(end, length) - Clamp(start, length)) + stride - 1) / stride);
            if (start == 0 && end < 0 && stride == 1) return step.Sizes.Of($"less {-end}", size);
        }
        else if (Number(cut.Start) == 0 && Number(cut.Step) == 1 && size.IsNumber(out _) && cut.End.Size is { IsWhole: true } upTo)
        {
            return upTo; // of a table that is long enough, or the run would fail elsewhere
        }

        return step.NewSize($"cut{axis}");
    }

    private static long? Number(SizeItem item) => item.Size is { } size && size.IsNumber(out var number) ? number : null;

    private static int Clamp(long place, long length) => (int)Math.Clamp(place < 0 ? place + length : place, 0, length);

    private sealed record Cut(SizeItem Start, SizeItem End, SizeItem Step);
}
