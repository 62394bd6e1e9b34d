namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Recurrent layers: rows lie along the second dimension, or along the first in the other layout.</summary>
internal static class Recurrences
{
    public static void Enter()
    {
        RuleBook.Add("LSTM", step => Run(step, states: [5, 6], outputs: 3));
        RuleBook.Add("GRU", step => Run(step, states: [5], outputs: 2));
        RuleBook.Add("RNN", step => Run(step, states: [5], outputs: 2));
    }

    private static Flow[] Run(Step step, int[] states, int outputs)
    {
        var input = step.Need(0);
        var first = step.Integer("layout") != 0;
        if (step[1] is not { Rows: null } || step[2] is not { Rows: null } || step[3] is { Rows: not null }
            || step[7] is { Rows: not null })
            return step.Mixes("takes its weights from the rows");
        if (input.Rows is null && step.Given.All(flow => flow.Rows is null)) return step.All(Flow.Unknown);
        if (input is not { Rank: 3, Rows: { } rows } || rows.Axis != (first ? 0 : 1))
            return step.Mixes("takes the rows for steps or features");
        if (step[4] is { } lengths && (lengths.Rows is null || lengths.Rows != rows with { Axis = 0 }))
            return step.Mixes("has lengths that are not one for each row");
        // A state before the first step that is not one for each row would fit a single row only.
        if (states.Any(state => step[state] is { } begin && (begin.Rows is null || begin.Rows != rows)))
            return step.Mixes("begins with a state that is not one for each row");

        var (steps, count) = (first ? input.Shape![1] : input.Shape![0], input.Shape[rows.Axis]);
        var directions = Size.Of(step.Text("direction", "forward") == "bidirectional" ? 2 : 1);
        var hidden = step.HasAttribute("hidden_size") ? Size.Of(step.Integer("hidden_size")) : step.NewSize("hidden");
        var all = first
            ? Flow.Of([count, steps, directions, hidden], rows, input.IsFinite)
            : Flow.Of([steps, directions, count, hidden], rows with { Axis = 2 }, input.IsFinite);
        var last = first
            ? Flow.Of([count, directions, hidden], rows, input.IsFinite)
            : Flow.Of([directions, count, hidden], rows with { Axis = 1 }, input.IsFinite);
        return [all, .. Enumerable.Repeat(last, outputs - 1)];
    }
}
