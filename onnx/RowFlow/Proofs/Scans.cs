using Platform.Onnx.Graphs;

namespace Platform.Onnx.RowFlow.Proofs;

/// <summary>
/// Scan runs a graph for one part of its inputs after the other. Where the parts are the rows, and nothing is handed on from one to
/// the next but what it began with, each row is answered by itself: so scikit-learn's converter writes distances.
/// </summary>
internal static class Scans
{
    private const string NotFollowed = "repeats steps over the whole batch, which are not followed";

    /// <param name="step">The Scan.</param>
    /// <param name="walk">Follows its graph, which gets a name and its inputs.</param>
    public static Flow[] Apply(Step step, Func<Step, OnnxGraph, string, Flow[], Flow[]> walk)
    {
        if (step.Attribute("body")?.Graph is not { } body) throw new InvalidDataException("a Scan has no body");
        var states = step.InputCount - (int)step.Integer("num_scan_inputs");
        var inputs = step.Given.ToArray();
        if (states < 0 || inputs.Length != step.InputCount || inputs.Any(input => input.Content is { DependsOnBatch: true } || input.Tokens is not null)
            || HasOther(step, "scan_input_axes") || HasOther(step, "scan_input_directions") || HasOther(step, "scan_output_directions"))
            return step.Mixes(NotFollowed);
        if (inputs[..states].Any(state => state.Rows is not null)
            || inputs[states..].Any(part => part is not { Rows: { Axis: 0, IsPlain: true }, Rank: > 0 }))
            return step.Mixes(NotFollowed);

        // One row by itself, so that nothing of the others is in it.
        var given = inputs.Select((input, i) => i < states ? input with { } : Flow.Of(input.Shape![1..], finite: input.IsFinite)).ToArray();
        var made = walk(step, body, "body", given);
        if (made.FirstOrDefault(flow => flow.Mixing is not null) is { } mixed) return step.All(mixed);
        var isHandedOn = made.Length >= states && made[..states].Zip(given).All(pair => ReferenceEquals(pair.First, pair.Second));
        if (!isHandedOn || made.Any(flow => flow.Rows is not null || flow.Content is { DependsOnBatch: true }))
            return step.Mixes("hands something on from row to row");
        return [.. made[..states], .. made[states..].Select((flow, i) => Collect(step, flow, i))];
    }

    private static bool HasOther(Step step, string name) => step.Integers(name)?.Any(value => value != 0) == true;

    /// <summary>The results of all rows, which lie along a dimension of their own.</summary>
    private static Flow Collect(Step step, Flow flow, int output)
    {
        var axes = step.Integers("scan_output_axes");
        var wanted = axes is not null && output < axes.Count ? axes[output] : 0;
        if (flow.Shape is not { } shape || Step.AxisOf(wanted, shape.Length + 1) is not { } axis) return Flow.Mixed(step.Mixing(NotFollowed));
        return Flow.Of([.. shape[..axis], Size.Rows, .. shape[axis..]], RowAxis.Plain(axis), flow.IsFinite);
    }
}
