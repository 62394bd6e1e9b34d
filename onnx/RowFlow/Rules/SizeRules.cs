using Platform.Onnx.Graphs;

namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Operators that make tensors of sizes, or sizes of tensors.</summary>
internal static class SizeRules
{
    public static void Enter()
    {
        RuleBook.Add("Constant", Constant);
        RuleBook.Add("Shape", Shape, readsSizes: true, knowsTokens: true);
        RuleBook.Add("Size", step => Step.One(OfSizes(step, step.Need(0).Shape, isScalar: true, sizes => [Size.Product(sizes)])),
            readsSizes: true, knowsTokens: true);
        RuleBook.Add("ConstantOfShape", ConstantOfShape, readsSizes: true);
        RuleBook.Add("Range", Range, readsSizes: true);
    }

    private static Flow[] Constant(Step step)
    {
        if (step.Attribute("value")?.Tensor is { } tensor) return Step.One(Flows.Of(tensor));
        if (step.Attribute("value_int") is { } whole)
            return Step.One(Flows.Of(new SizeList([Flows.Number(whole.Integer)], IsScalar: true)));
        if (step.Attribute("value_ints") is { Truncated: false, Integers.Count: <= 64 } list)
            return Step.One(Flows.Of(new SizeList([.. list.Integers.Select(Flows.Number)], IsScalar: false)));
        if (step.Attribute("value_float") is { } number) return Step.One(Flows.Of(new OnnxConstant { ElementType = 1, Numbers = [number.Number] }));
        if (step.HasAttribute("value_string")) return Step.One(Flow.Of([], finite: false));
        return Step.One(Flow.Unknown);
    }

    private static Flow[] Shape(Step step)
    {
        var input = step.Need(0);
        if (input.Content is { } content) return Step.One(OfSizes(step, content.Shape, isScalar: false, sizes => sizes));
        return Step.One(OfSizes(step, input.Shape, isScalar: false, sizes =>
        {
            var start = Place(step.Integer("start"), sizes.Length);
            var end = Place(step.Integer("end", sizes.Length), sizes.Length);
            return sizes[start..Math.Max(start, end)];
        }));

        static int Place(long place, int rank) => (int)Math.Clamp(place < 0 ? place + rank : place, 0, rank);
    }

    private static Flow OfSizes(Step step, Size[]? shape, bool isScalar, Func<Size[], Size[]> choose) =>
        shape is null ? Flow.Unknown : Flows.Of(new SizeList([.. choose(shape).Select(size => Flows.Item(size, step.Sizes))], isScalar));

    /// <summary>The same number everywhere: each row has its part of it, wherever the rows are said to lie.</summary>
    private static Flow[] ConstantOfShape(Step step)
    {
        var target = step.Need(0);
        if (target.Rows is not null) return step.Mixes("takes its shape from the rows");
        if (target.Content is not { } content) return Step.One(Flow.Unknown);
        if (content.Items.Any(item => item is { Size: null, DependsOnBatch: true }))
            return step.Mixes("makes use of the size of the batch");
        var value = step.Attribute("value")?.Tensor;
        if (content.Numbers() is [var count] && count is >= 0 and <= 64 && value is { IsInteger: true, Integers: [var whole] })
            return Step.One(Flows.Of(new SizeList([.. Enumerable.Repeat(Flows.Number(whole), (int)count)], IsScalar: false)));

        Size[] shape = [.. content.Items.Select((item, i) => item.Size ?? step.NewSize($"dimension{i}"))];
        if (shape.Any(step.Sizes.Varies)) return step.Mixes(RuleBook.PaddedText);
        var counting = Enumerable.Range(0, shape.Length).Where(axis => shape[axis].CountsRows).ToArray();
        var isFinite = value?.Numbers?.TrueForAll(double.IsFinite) ?? true;
        if (counting.Length == 0) return Step.One(Flow.Of(shape, finite: isFinite));
        var inner = Size.Divide(shape[counting[0]], Size.Rows)!;
        return counting.Length == 1 && inner.IsWhole && !inner.CountsRows
            ? Step.One(Flow.Of(shape, new RowAxis(counting[0], Size.One, inner), isFinite))
            : step.Mixes("makes use of the number of rows more than once");
    }

    private static Flow[] Range(Step step)
    {
        if (!step.AreConstantFrom(0)) return step.Mixes("takes its bounds from the rows");
        if (step.Given.Any(flow => flow.Content is { DependsOnBatch: true })) return step.Mixes("counts the rows of the batch");
        var length = step.Numbers(0) is [0] && step.Numbers(2) is [1] && step[1]?.Content?.Items is [{ Size: { } limit }]
            ? limit
            : step.NewSize("length");
        return Step.One(Flow.Of([length]));
    }
}
