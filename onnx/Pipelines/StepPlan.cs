using Platform.Onnx.Tensors;

namespace Platform.Onnx.Pipelines;

/// <summary>A step, ready to be run.</summary>
/// <param name="Label">What it is called in messages.</param>
/// <param name="Inputs">For each input of its version the values of which the first that has the row counts.</param>
/// <param name="Optional">The same for those inputs that it need not have.</param>
/// <param name="Condition">Which rows it answers.</param>
/// <param name="Policy">What becomes of rows that it fails on (<see cref="FailurePolicy"/>).</param>
/// <param name="Defaults">For each output the row that stands for one that it failed on; null where there is none.</param>
/// <param name="Direct">For each output the pipeline's output that it is; -1 where it is none.</param>
internal sealed record StepPlan(string Label, IReadOnlyList<Place[]> Inputs, IReadOnlyList<(string Name, Place[] Values)> Optional,
    IReadOnlyList<(ConditionTerm Term, Place Value)> Condition, string Policy, IReadOnlyList<Tensor?> Defaults, IReadOnlyList<int> Direct);
