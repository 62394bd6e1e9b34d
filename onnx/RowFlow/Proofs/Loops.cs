using Platform.Onnx.Graphs;

namespace Platform.Onnx.RowFlow.Proofs;

/// <summary>
/// Loop runs a graph again and again on what it has made. Where neither the rows nor their number say how often, and what is handed on lies
/// as it lay before, each row goes its own way through all rounds.
/// </summary>
internal static class Loops
{
    /// <param name="step">The Loop.</param>
    /// <param name="walk">Follows its graph, which gets a name and its inputs.</param>
    public static Flow[] Apply(Step step, Func<Step, OnnxGraph, string, Flow[], Flow[]> walk)
    {
        if (step.Attribute("body")?.Graph is not { } body) throw new InvalidDataException("a Loop has no body");
        if (step[0] is { } limit && IsOfBatch(limit) || step[1] is { } condition && IsOfBatch(condition)) return step.Mixes("goes on for as long as the rows say");
        var begin = Enumerable.Range(2, Math.Max(0, step.InputCount - 2)).Select(step.Need).ToArray();
        if (begin.Any(state => state.Content is { DependsOnBatch: true } || state.Tokens is not null)) return step.Mixes("makes use of the size of the batch");

        // What is known of a state but where its rows lie may be otherwise in the second round.
        var states = Array.ConvertAll(begin, state => state.Shape is { } shape ? Flow.Of(shape, state.Rows, finite: false) : Flow.Unknown);
        var made = walk(step, body, "body", [Flow.Of([]), Flow.Of([]), .. states]);
        if (made.FirstOrDefault(flow => flow.Mixing is not null) is { } mixed) return step.All(mixed);
        if (made.Length < 1 + states.Length || IsOfBatch(made[0])) return step.Mixes("goes on for as long as the rows say");
        if (!states.Zip(made[1..]).All(pair => LiesAs(pair.First, pair.Second))) return step.Mixes("hands on what lies otherwise than before");
        var collected = made[(1 + states.Length)..];
        if (collected.Any(flow => flow.Tokens is not null || flow.Content is { DependsOnBatch: true } || (flow.Rows is not null && flow.Shape is null)))
            return step.Mixes("makes use of the size of the batch");
        return [.. states, .. collected.Select(flow => Collect(step, flow))];
    }

    private static bool IsOfBatch(Flow flow) => flow.Rows is not null || flow.Tokens is not null || flow.Content is { DependsOnBatch: true };

    private static bool LiesAs(Flow before, Flow after) => after.Tokens is null && after.Content is not { DependsOnBatch: true } && before.Rows == after.Rows
        && (before.Rows is null && before.Shape is null || before.Shape is { } shape && after.Shape is { } other && shape.SequenceEqual(other));

    /// <summary>What each round has made, one behind the other along a new first dimension.</summary>
    private static Flow Collect(Step step, Flow flow) => flow.Shape is not { } shape
        ? Flow.Unknown
        : Flow.Of([step.NewSize("rounds"), .. shape], flow.Rows is { } rows ? rows with { Axis = rows.Axis + 1 } : null, finite: false);
}
