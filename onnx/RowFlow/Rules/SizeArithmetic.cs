namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Computes with sizes as a graph does between Shape and Reshape.</summary>
internal static class SizeArithmetic
{
    /// <summary>What the operator makes of its inputs where all are whole numbers that are followed; else null.</summary>
    public static SizeList? TryApply(Step step, Flow[] inputs)
    {
        if (inputs.Length == 0 || inputs.Any(input => input.Content is null)) return null;
        var length = inputs.Max(input => input.Content!.Items.Length);
        if (inputs.Any(input => input.Content!.Items.Length != length && input.Content.Items.Length != 1)) return null;
        var items = new SizeItem[length];
        for (var i = 0; i < length; i++)
            items[i] = Apply(step, [.. inputs.Select(input => input.Content!.Items.Length == 1 ? input.Content.Items[0] : input.Content.Items[i])]);
        return new SizeList(items, inputs.All(input => input.Content!.IsScalar));
    }

    private static SizeItem Apply(Step step, SizeItem[] items)
    {
        var depends = items.Any(item => item.DependsOnBatch);
        if (step.Node.Operator.Name == "Where") return Choose(items) ?? new SizeItem(null, depends);
        if (items.Any(item => item.Size is null)) return new SizeItem(null, depends);
        return items.Skip(1).Aggregate((SizeItem?)items[0],
            (left, right) => left is { Size: { } } known ? Apply(step, known.Size, right.Size!) : null)
            ?? new SizeItem(null, depends);
    }

    private static SizeItem? Choose(SizeItem[] items) =>
        items[0].Size is { } condition && condition.IsNumber(out var chosen) ? items[chosen != 0 ? 1 : 2] : null;

    private static SizeItem? Apply(Step step, Size left, Size right)
    {
        var name = step.Node.Operator.Name;
        if (left.IsNumber(out var one) && right.IsNumber(out var other))
            return OfNumbers(name, one, other) is { } number ? Flows.Number(number) : null;
        return name switch
        {
            "Mul" => Flows.Item(left * right, step.Sizes),
            "Div" when Size.Divide(left, right) is { IsWhole: true } quotient => Flows.Item(quotient, step.Sizes),
            "Equal" when AreDifferent(left, right) => Flows.Number(0),
            "Equal" when left.Equals(right) => Flows.Number(1),
            "Add" when right.IsNumber(out var nothing) && nothing == 0 => Flows.Item(left, step.Sizes),
            "Add" when left.IsNumber(out var nothing) && nothing == 0 => Flows.Item(right, step.Sizes),
            "Sub" when left.Equals(right) => Flows.Number(0),
            "Sub" when right.IsNumber(out var nothing) && nothing == 0 => Flows.Item(left, step.Sizes),
            // A size made of sizes that no batch changes is a size of its own.
            "Add" or "Sub" or "Div" or "Max" or "Min" when !step.Sizes.DependsOnBatch(left) && !step.Sizes.DependsOnBatch(right) =>
                Flows.Item(step.Sizes.Of(name, left, right), step.Sizes),
            _ => null,
        };
    }

    /// <summary>A size is never negative, as -1 is, the mark for a size to be worked out.</summary>
    private static bool AreDifferent(Size left, Size right) =>
        (left.IsNumber(out var number) && number < 0 && right.IsWhole) || (right.IsNumber(out number) && number < 0 && left.IsWhole);

    private static long? OfNumbers(string name, long left, long right) => name switch
    {
        "Add" or "Sum" => left + right,
        "Sub" => left - right,
        "Mul" => left * right,
        "Div" when right is not (0 or -1) => left / right,
        "Mod" when right is not (0 or -1) => ((left % right) + right) % right,
        "Max" => Math.Max(left, right),
        "Min" => Math.Min(left, right),
        "Equal" => left == right ? 1 : 0,
        "Greater" => left > right ? 1 : 0,
        "Less" => left < right ? 1 : 0,
        "GreaterOrEqual" => left >= right ? 1 : 0,
        "LessOrEqual" => left <= right ? 1 : 0,
        "And" => left != 0 && right != 0 ? 1 : 0,
        "Or" => left != 0 || right != 0 ? 1 : 0,
        _ => null,
    };
}
