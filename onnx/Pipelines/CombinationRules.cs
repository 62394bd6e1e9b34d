using Platform.Onnx.Tensors;

namespace Platform.Onnx.Pipelines;

/// <summary>What can be combined.</summary>
internal static class CombinationRules
{
    public static IReadOnlyList<ValueName> Values(PipelineCombination? combination) =>
        [.. (combination?.Of ?? []).Select(ValueName.Parse).OfType<ValueName>()];

    public static IEnumerable<PipelineProblem> Check(PipelineDocument document, ValueSpecs specs) =>
        document.Combine is { } combine ? Check(combine, specs).Select(problem => new PipelineProblem($"combine.{problem.Field}", problem.Reason)) : [];

    private static IEnumerable<PipelineProblem> Check(PipelineCombination combine, ValueSpecs specs)
    {
        if (!PipelineCombination.Kinds.Contains(combine.Kind)) yield return new("kind", $"must be one of {string.Join(", ", PipelineCombination.Kinds)}.");
        foreach (var problem in CheckValues(combine, specs)) yield return problem;
        if (CheckWeights(combine) is { } wrong) yield return new("weights", wrong);
    }

    private static IEnumerable<PipelineProblem> CheckValues(PipelineCombination combine, ValueSpecs specs)
    {
        for (var i = 0; i < combine.Of.Count; i++)
        {
            var field = $"of[{i}]";
            if (ValueName.Parse(combine.Of[i]) is not { } name) yield return new(field, "must be step.output.");
            else if (!specs.TryFind(name, out var spec, out var problem))
            {
                if (problem is not null) yield return new(field, problem);
            }
            else if (combine.Kind == PipelineCombination.Vote && spec.Datatype.IsFloatingPoint())
                yield return new(field, $"'{name}' is {spec.Datatype.Name()}: only classes, whole numbers or text, are voted on.");
            else if (combine.Kind != PipelineCombination.Vote && spec.Datatype is not (Datatype.FP32 or Datatype.FP64))
                yield return new(field, $"'{name}' is {spec.Datatype.Name()}: a mean is taken of FP32 or FP64.");
        }

        if (Values(combine) is { Count: > 0 } values && specs.Differ(values) is { } differ) yield return new("of", differ);
    }

    private static string? CheckWeights(PipelineCombination combine)
    {
        if (combine.Weights is not { } weights) return combine.Kind == PipelineCombination.Weighted ? "are needed for the kind 'weighted'." : null;
        if (combine.Kind == PipelineCombination.Mean) return "are for the kinds 'weighted' and 'vote'.";
        if (weights.Count != combine.Of.Count) return $"must be {combine.Of.Count}, one for each value.";
        return weights.All(weight => double.IsFinite(weight) && weight >= 0) && weights.Sum() is > 0 and < double.PositiveInfinity
            ? null : "must be finite, not negative and not all 0.";
    }
}
