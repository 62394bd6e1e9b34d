namespace Platform.Onnx.Pipelines;

/// <summary>Which steps wait for which.</summary>
internal static class StepOrder
{
    /// <summary>The steps in levels, by their places in the document: those of a level wait only for those before it.</summary>
    /// <returns>The levels, and those steps that wait for themselves.</returns>
    public static (IReadOnlyList<IReadOnlyList<int>> Levels, IReadOnlyList<int> Circular) Of(PipelineDocument document)
    {
        var waits = document.Steps.Select(step => Needs(step).Where(name => document.Steps.Any(each => each.Name == name)).ToHashSet()).ToList();
        var levels = new List<IReadOnlyList<int>>();
        var done = new HashSet<string>();
        var left = Enumerable.Range(0, document.Steps.Count).ToList();
        while (left.Where(step => waits[step].IsSubsetOf(done)).ToList() is { Count: > 0 } level)
        {
            levels.Add(level);
            left.RemoveAll(level.Contains);
            done.UnionWith(level.Select(step => document.Steps[step].Name));
        }

        return (levels, left);
    }

    /// <summary>Every value that a step looks at.</summary>
    public static IEnumerable<ValueName> ValuesOf(PipelineStep step) =>
        step.Inputs.Values.SelectMany(text => ValueName.ParseAlternatives(text) ?? [])
            .Concat(step.When is { } when ? Condition.Parse(when)?.Terms.Select(term => term.Value) ?? [] : []);

    private static IEnumerable<string> Needs(PipelineStep step) => ValuesOf(step).Select(value => value.Step);
}
