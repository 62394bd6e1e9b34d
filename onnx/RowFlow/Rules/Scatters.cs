namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Operators that write into a tensor at places that another one names.</summary>
internal static class Scatters
{
    private const string WritesAnywhere = "writes to places of the whole batch";

    public static void Enter()
    {
        foreach (var name in new[] { "Scatter", "ScatterElements" }) RuleBook.Add(name, Elements);
        RuleBook.Add("ScatterND", Parts);
    }

    /// <summary>A place differs from the one that names it along one dimension only: where that is not the rows', a row writes into itself.</summary>
    private static Flow[] Elements(Step step)
    {
        var (data, places, values) = (step.Need(0), step.Need(1), step.Need(2));
        if (step.Given.All(flow => flow.Rows is null)) return Step.One(Flow.Unknown);
        return data.Rows is { } rows && places.Rows == rows && values.Rows == rows && places.Rank == data.Rank && values.Rank == data.Rank
            && Step.AxisOf(step.Integer("axis"), data.Rank) is { } axis && axis != rows.Axis
                ? Step.One(Flow.Of(data.Shape!, rows, data.IsFinite && values.IsFinite))
                : step.Mixes(WritesAnywhere);
    }

    /// <summary>The same places in all rows, which lie behind the dimensions that are named.</summary>
    private static Flow[] Parts(Step step)
    {
        var (data, places, values) = (step.Need(0), step.Need(1), step.Need(2));
        if (step.Given.All(flow => flow.Rows is null)) return Step.One(Flow.Unknown);
        return data.Rows is { } rows && places is { Rows: null, Shape: [.., var last] stacks } && last.IsNumber(out var depth) && rows.Axis >= depth
            && values.Rows == rows with { Axis = stacks.Length - 1 + rows.Axis - (int)depth }
                ? Step.One(Flow.Of(data.Shape!, rows, data.IsFinite && values.IsFinite))
                : step.Mixes(WritesAnywhere);
    }
}
