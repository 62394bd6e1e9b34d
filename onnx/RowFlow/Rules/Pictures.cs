namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Convolutions, pools and whatever else works on [rows, channels, places …]: rows in the first dimension stay apart.</summary>
internal static class Pictures
{
    public static void Enter()
    {
        RuleBook.Add("Conv", step => Convolve(step, 1, AreConstant(step, 1)), knowsTokens: true);
        RuleBook.Add("com.microsoft", "FusedConv", new RowRule(step => Convolve(step, 1, AreConstant(step, 1))));
        RuleBook.Add("ConvInteger", step => Convolve(step, 1, AreConstant(step, 1)));
        RuleBook.Add("QLinearConv", step => Convolve(step, 3, AreConstant(step, 1)));
        RuleBook.Add("ConvTranspose", step => AreConstant(step, 1) && step[1] is { Shape: { } weights } && weights.Length > 1
            ? Change(step, weights[1] * Size.Of(step.Integer("group", 1))) : step.Mixes("takes its weights from the rows"));
        foreach (var name in new[] { "MaxPool", "AveragePool", "LpPool" }) RuleBook.Add(name, Pool);
        foreach (var name in new[] { "GlobalAveragePool", "GlobalMaxPool", "GlobalLpPool" }) RuleBook.Add(name, PoolAll);
        RuleBook.Add("com.microsoft", "QLinearGlobalAveragePool",
            new RowRule(step => step.Integer("channels_last") == 0 && AreConstant(step, 1) ? PoolAll(step) : step.Mixes("has its channels last")));
        RuleBook.Add("LRN", step => RowsFirst(step) ? Step.One(Elementwise.Keep(step, null)) : Elsewhere(step));
        foreach (var name in new[] { "DepthToSpace", "SpaceToDepth" }) RuleBook.Add(name, step => Change(step, null));
        foreach (var name in new[] { "Resize", "Upsample" }) RuleBook.Add(name, Resize, readsSizes: true);
    }

    private static bool AreConstant(Step step, int first) => step.AreConstantFrom(first);

    private static bool RowsFirst(Step step) => step.Need(0) is { Rows: null } or { Rows.Axis: 0 };

    private static Flow[] Elsewhere(Step step) => step.Mixes("works on pictures whose channels or places are the rows");

    private static Flow[] Convolve(Step step, int weights, bool constantWeights)
    {
        var (input, filter) = (step.Need(0), step.Need(weights));
        if (!constantWeights) return step.Mixes("takes its weights from the rows");
        if (!RowsFirst(step)) return Elsewhere(step);
        if (input.Shape is not { Length: > 2 } shape || filter.Shape is not { } kernel || kernel.Length != shape.Length)
            return input.Rows is null ? Step.One(Flow.Unknown) : step.Mixes("has weights of unknown shape");
        var places = Enumerable.Range(2, shape.Length - 2).Select(axis => Slide(step, shape, axis, kernel[axis], ceil: false)).ToArray();
        var output = Flow.Of([shape[0], kernel[0], .. places], input.Rows, input.IsFinite && filter.IsFinite);
        if (input.Tokens is not { } tokens) return Step.One(output);
        // What lies beyond a row's end must count as the border does, and the row must keep its length.
        return tokens.Axis >= 2 && tokens.Fill.IsZero && filter.IsFinite && places[tokens.Axis - 2].Equals(shape[tokens.Axis])
            ? Step.One(output with { Tokens = new TokenAxis(tokens.Axis, Filling.Unknown, Always: false) })
            : step.Mixes(RuleBook.PaddedText);
    }

    /// <summary>How many places a kernel takes along one dimension.</summary>
    private static Size Slide(Step step, Size[] shape, int axis, Size kernel, bool ceil)
    {
        var at = axis - 2;
        var (stride, dilation) = (At(step, "strides", at, 1), At(step, "dilations", at, 1));
        var padding = At(step, "pads", at, 0) + At(step, "pads", at + shape.Length - 2, 0);
        var auto = step.Text("auto_pad", "NOTSET");
        if (stride == 1 && auto.StartsWith("SAME", StringComparison.Ordinal)) return shape[axis];
        if (kernel.IsNumber(out var width))
        {
            var covered = dilation * (width - 1) + 1;
            if (stride == 1 && auto == "NOTSET" && padding == covered - 1) return shape[axis];
            if (!ceil && auto == "NOTSET" && shape[axis].IsNumber(out var length) && stride > 0)
                return Size.Of(Math.Max(0, (length + padding - covered) / stride + 1));
        }

        return step.Sizes.Of($"slide {auto} {stride} {dilation} {padding} {ceil}", shape[axis], kernel);
    }

    private static long At(Step step, string name, int index, long otherwise) =>
        step.Integers(name) is { } values && index < values.Count ? values[index] : otherwise;

    private static Flow[] Pool(Step step)
    {
        var input = step.Need(0);
        if (!RowsFirst(step)) return Elsewhere(step);
        if (input.Shape is not { Length: > 2 } shape || step.Integers("kernel_shape") is not { } kernel || kernel.Count != shape.Length - 2)
            return input.Rows is null ? step.All(Flow.Unknown) : step.Mixes("has no kernel that can be followed");
        // The second output counts places through the whole batch.
        if (step.OutputCount > 1 && step.Node.Outputs[1].Length > 0)
            return step.Mixes("answers with places counted through the whole batch");
        var places = Enumerable.Range(2, shape.Length - 2).Select(axis => Slide(step, shape, axis, Size.Of(kernel[axis - 2]),
            step.Integer("ceil_mode") != 0));
        return Step.One(Flow.Of([shape[0], shape[1], .. places], input.Rows, input.IsFinite));
    }

    private static Flow[] PoolAll(Step step)
    {
        var input = step.Need(0);
        if (!RowsFirst(step)) return Elsewhere(step);
        return input.Shape is { Length: > 2 } shape
            ? Step.One(Flow.Of([shape[0], shape[1], .. shape.Skip(2).Select(_ => Size.One)], input.Rows, input.IsFinite))
            : input.Rows is null ? Step.One(Flow.Unknown) : step.Mixes("pools a tensor that is no picture");
    }

    /// <summary>The same rows with other channels and places.</summary>
    private static Flow[] Change(Step step, Size? channels)
    {
        var input = step.Need(0);
        if (!RowsFirst(step)) return Elsewhere(step);
        if (input.Shape is not { Length: > 2 } shape)
            return input.Rows is null ? Step.One(Flow.Unknown) : step.Mixes("works on a tensor that is no picture");
        var others = shape.Skip(2).Select((_, i) => step.NewSize($"place{i}"));
        return Step.One(Flow.Of([shape[0], channels ?? step.NewSize("channels"), .. others], input.Rows, input.IsFinite));
    }

    private static Flow[] Resize(Step step)
    {
        var input = step.Need(0);
        if (input.Rows is null)
            return step.Given.Any(flow => flow.Rows is not null || flow.Content is { DependsOnBatch: true })
                ? step.Mixes("takes its size from the rows")
                : Step.One(Flow.Unknown);
        if (!step.AreConstantFrom(1) || input.Rows.Axis != 0) return step.Mixes("takes its size from the rows");
        if (!KeepsRows(step, input)) return step.Mixes("may stretch the rows of the batch");
        return Step.One(Flow.Of([input.Shape![0], .. input.Shape.Skip(1).Select((_, i) => step.NewSize($"place{i}"))], input.Rows,
            input.IsFinite));
    }

    /// <summary>Whether the first dimension keeps its size: left out, at scale 1, or as many as there are.</summary>
    private static bool KeepsRows(Step step, Flow input)
    {
        if (step.Text("coordinate_transformation_mode") == "tf_crop_and_resize") return false;
        if (step.Integers("axes") is { } axes) return axes.All(axis => Step.AxisOf(axis, input.Rank) is > 0);
        var isUpsample = step.Node.Operator.Name == "Upsample" || step.Version < 11;
        if (!isUpsample && step[3] is { } sizes) return sizes.Content is { IsScalar: false, Items: [{ Size: { } first }, .. var others] }
            && first.Equals(input.Shape![0]) && !others.Any(other => other.DependsOnBatch);
        return step[isUpsample ? 1 : 2]?.Constant?.Numbers is [1, ..];
    }
}
