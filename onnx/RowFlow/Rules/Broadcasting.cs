namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Operators that work element by element on tensors that are stretched to one shape.</summary>
internal static class Broadcasting
{
    /// <summary>What comes of stretching the inputs to one shape; the filling of padded rows is left open.</summary>
    public static Flow Join(Step step, IReadOnlyList<Flow> inputs)
    {
        if (inputs.All(input => input.Rows is null))
            return inputs.Any(input => input.Shape is null)
                ? Flow.Unknown
                : Flow.Of(Shape(step, inputs), finite: inputs.All(input => input.IsFinite));
        if (inputs.Any(input => input.Shape is null)) return Mixed(step, "meets rows with a tensor whose shape is not known");

        var rank = inputs.Max(input => input.Rank);
        var rows = inputs.Where(input => input.Rows is not null)
            .Select(input => input.Rows! with { Axis = rank - input.Rank + input.Rows.Axis }).Distinct().ToArray();
        if (rows.Length > 1) return Mixed(step, "puts the rows of one tensor against another dimension, or another order, of the other");
        if (inputs.Any(input => input.Rows is null && DimensionAt(input, rank, rows[0].Axis) is { IsOne: false }))
            return Mixed(step, "meets rows with a tensor that has as many parts of its own");

        var shape = Shape(step, inputs);
        shape[rows[0].Axis] = rows[0].Size;
        var joined = Flow.Of(shape, rows[0], inputs.All(input => input.IsFinite));
        return WithTokens(step, inputs, joined, rank);
    }

    private static Flow WithTokens(Step step, IReadOnlyList<Flow> inputs, Flow joined, int rank)
    {
        var axes = inputs.Where(input => input.Tokens is not null).Select(input => rank - input.Rank + input.Tokens!.Axis)
            .Distinct().ToArray();
        if (axes.Length == 0) return joined;
        if (axes.Length > 1) return Mixed(step, "puts words against another dimension");
        var lengths = inputs.Where(input => input.Tokens is not null).Select(input => input.Shape![input.Tokens!.Axis])
            .Distinct().ToArray();
        if (lengths.Length > 1 || inputs.Any(input => input.Tokens is null && DimensionAt(input, rank, axes[0]) is { IsOne: false }))
            return Mixed(step, RuleBook.PaddedText);
        joined.Shape![axes[0]] = lengths[0];
        return joined with { Tokens = new TokenAxis(axes[0], Filling.Unknown, Always: false) };
    }

    private static Flow Mixed(Step step, string why) => Flow.Mixed(step.Mixing(why));

    private static Size? DimensionAt(Flow input, int rank, int axis)
    {
        var own = axis - (rank - input.Rank);
        return own < 0 ? null : input.Shape![own];
    }

    private static Size[] Shape(Step step, IReadOnlyList<Flow> inputs)
    {
        var rank = inputs.Max(input => input.Rank);
        return [.. Enumerable.Range(0, rank).Select(axis => Stretch(step, inputs.Select(input => DimensionAt(input, rank, axis)).OfType<Size>()))];
    }

    /// <summary>The size that sizes are stretched to: the one that is not 1. A number that is not 1 leaves no other choice.</summary>
    private static Size Stretch(Step step, IEnumerable<Size> sizes)
    {
        var distinct = sizes.Where(size => !size.IsOne).Distinct().ToArray();
        if (distinct.Length == 0) return Size.One;
        if (distinct.Length == 1) return distinct[0];
        return Array.Find(distinct, size => size.IsNumber(out _)) ?? step.Sizes.Of("stretch", distinct);
    }
}
