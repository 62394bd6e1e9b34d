namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Numbers in few bits: a scale that is fixed keeps rows apart, one that is taken from the batch does not.</summary>
internal static class Quantisation
{
    public static void Enter()
    {
        foreach (var name in new[] { "QuantizeLinear", "DequantizeLinear" })
        {
            RuleBook.Add(name, Scale);
            RuleBook.Add("com.microsoft", name, new RowRule(Scale));
        }

        RuleBook.Add("DynamicQuantizeLinear", OneScale);
        foreach (var name in new[] { "DynamicQuantizeMatMul", "DynamicQuantizeLSTM" })
            RuleBook.Add("com.microsoft", name, new RowRule(OneScale));
        foreach (var name in new[] { "QLinearAdd", "QLinearMul" }) RuleBook.Add("com.microsoft", name, new RowRule(Combine));
        foreach (var name in new[] { "QLinearSigmoid", "QLinearLeakyRelu" }) RuleBook.Add("com.microsoft", name, new RowRule(Scale));
    }

    private static Flow[] Scale(Step step)
    {
        var input = step.Need(0);
        if (!step.AreConstantFrom(1)) return step.Mixes("takes its scale from the rows");
        if (input.Rows is null) return Step.One(Elementwise.Keep(step, null));
        var single = step.Given.Skip(1).All(scale => scale.Shape is { } shape && shape.All(size => size.IsOne));
        var axis = Step.AxisOf(step.Integer("axis", 1), input.Rank);
        var alongAnother = !step.HasAttribute("block_size") && axis is not null && axis != input.Rows.Axis
            && step.Given.Skip(1).All(scale => scale.Shape is { Length: <= 1 });
        return single || alongAnother ? Step.One(Elementwise.Keep(step, null)) : step.Mixes("has a scale for each row by its place");
    }

    private static Flow[] OneScale(Step step) => step.Given.All(flow => flow.Rows is null)
        ? step.All(Flow.Unknown)
        : step.Mixes("scales all rows of the batch by the largest of their numbers");

    /// <summary>Two tensors, each followed by its scale and zero point, and those of the result.</summary>
    private static Flow[] Combine(Step step)
    {
        var fixedScales = new[] { 1, 2, 4, 5, 6, 7 }.All(i => step[i] is null or { Rows: null, Shape.Length: <= 1 });
        return fixedScales ? Step.One(Broadcasting.Join(step, [step.Need(0), step.Need(3)])) : step.Mixes("takes a scale from the rows");
    }
}
