namespace Platform.Onnx.RowFlow.Rules;

/// <summary>
/// Attention in one operator, and what transformers have around it: every word of a row looks at words of that row. Rows lie along the first
/// dimension of all that differs by row. States that are handed on from one call to the next are not followed.
/// </summary>
internal static class Attentions
{
    private const string Microsoft = "com.microsoft";
    private const string NotByRow = "takes something that is not one for each row";

    public static void Enter()
    {
        RuleBook.Add("Attention", Standard);
        RuleBook.Add("RotaryEmbedding", step => Rotate(step, position: 3, caches: [1, 2]));
        RuleBook.Add(Microsoft, "RotaryEmbedding", new RowRule(step => Rotate(step, position: 1, caches: [2, 3])));
        RuleBook.Add(Microsoft, "Attention", new RowRule(step => WithWeights(step, weights: [1, 2], mask: 3, bias: 5)));
        RuleBook.Add(Microsoft, "QAttention", new RowRule(step => WithWeights(step, weights: [1, 2, 3, 4, 6, 7], mask: 5, bias: -1)));
        RuleBook.Add(Microsoft, "MultiHeadAttention", new RowRule(MultiHead));
        RuleBook.Add(Microsoft, "EmbedLayerNormalization", new RowRule(Embed));
    }

    /// <summary>Since operator set 23: queries, keys, values, a mask that is stretched to (row, head, query, key).</summary>
    private static Flow[] Standard(Step step)
    {
        var (query, key, value, mask) = (step.Need(0), step.Need(1), step.Need(2), step[3]);
        if (step.Given.All(flow => flow.Rows is null)) return step.All(Flow.Unknown);
        if (HandsOn(step, from: 4) || !AreByRow([query, key, value]) || query.Rank is not (3 or 4) || value.Rank != query.Rank) return step.Mixes(NotByRow);
        if (mask is not null && !(IsByRow(mask) && mask.Rank == 4) && !IsForAll(mask, 4)) return step.Mixes(NotByRow);
        // A row of a mask that lets nothing through makes NaN.
        return Answers(step, mask is null && AreFinite(step), query.Rank == 4
            ? [query.Shape![0], query.Shape[1], query.Shape[2], value.Shape![3]]
            : [query.Shape![0], query.Shape[1], Width(step, value.Shape![2])]);
    }

    private static Size Width(Step step, Size ofValues) => step.Integer("q_num_heads") == step.Integer("kv_num_heads") ? ofValues : step.NewSize("width");

    /// <summary>Queries, keys and values are made within the operator.</summary>
    private static Flow[] WithWeights(Step step, int[] weights, int mask, int bias)
    {
        var input = step.Need(0);
        if (step.Given.All(flow => flow.Rows is null)) return step.All(Flow.Unknown);
        if (weights.Any(weight => step[weight] is { Rows: not null })) return step.Mixes("takes its weights from the rows");
        int[] followed = [0, .. weights, mask, bias];
        if (Enumerable.Range(0, step.InputCount).Any(at => step.Has(at) && !followed.Contains(at)) || HandsOn(step, from: step.InputCount))
            return step.Mixes(NotByRow);
        if (!IsByRow(input) || input.Rank != 3 || (step[mask] is { } masks && !IsByRow(masks)) || !IsBias(bias < 0 ? null : step[bias]))
            return step.Mixes(NotByRow);
        return Answers(step, AreFinite(step), [input.Shape![0], input.Shape[1], step.NewSize("width")]);
    }

    private static Flow[] MultiHead(Step step)
    {
        var (query, key, value) = (step.Need(0), step[1], step[2]);
        if (step.Given.All(flow => flow.Rows is null)) return step.All(Flow.Unknown);
        if (step[3] is { Rows: not null }) return step.Mixes("takes its weights from the rows");
        if (HandsOn(step, from: 6) || !AreByRow(new[] { query, key, value, step[4] }.OfType<Flow>()) || !IsBias(step[5]) || query.Rank is not (3 or 5))
            return step.Mixes(NotByRow);
        return Answers(step, AreFinite(step),
            [query.Shape![0], query.Shape[1], value is { Rank: 3 } ? value.Shape![2] : step.NewSize("width")]);
    }

    /// <summary>Words, kinds of words and places looked up, added and scaled; beside it the length of each row by its mask.</summary>
    private static Flow[] Embed(Step step)
    {
        var (words, kinds, mask, places) = (step.Need(0), step[1], step[7], step[8]);
        if (step.Given.All(flow => flow.Rows is null)) return step.All(Flow.Unknown);
        if (Enumerable.Range(2, 5).Any(table => step[table] is { Rows: not null })) return step.Mixes("takes its weights from the rows");
        if (!AreByRow(new[] { words, kinds, mask }.OfType<Flow>()) || words.Rank != 2 || (places is not null && !IsByRow(places) && !IsForAll(places, 2)))
            return step.Mixes(NotByRow);
        var width = step.Need(2).Shape is [_, var columns] ? columns : step.NewSize("width");
        var embedded = Flow.Of([words.Shape![0], words.Shape[1], width], words.Rows, Enumerable.Range(2, 5).All(table => step[table]?.IsFinite != false));
        return [embedded, Flow.Of([words.Shape[0]], words.Rows), embedded];
    }

    /// <summary>Turns each word by its place, which is given for each row, or the same for all.</summary>
    private static Flow[] Rotate(Step step, int position, int[] caches)
    {
        var (input, places) = (step.Need(0), step[position]);
        if (step.Given.All(flow => flow.Rows is null)) return step.All(Flow.Unknown);
        if (!IsByRow(input) || input.Rank is not (3 or 4) || (places is not null && !(IsByRow(places) && places.Rank == 2) && places is not { Rows: null, Shape: [{ IsOne: true }] }))
            return step.Mixes(NotByRow);
        var isTable = caches.All(cache => step.Need(cache) is { Rows: null, Shape.Length: 2 });
        if (places is null ? !AreByRow(caches.Select(step.Need)) : !isTable) return step.Mixes(NotByRow);
        return Step.One(Flow.Of(input.Shape!, input.Rows, AreFinite(step)));
    }

    /// <summary>The answers, one a row; states to be handed on are none.</summary>
    private static Flow[] Answers(Step step, bool isFinite, Size[] shape) => step.All(Flow.Of(shape, RowAxis.Plain(0), isFinite));

    private static bool HandsOn(Step step, int from) =>
        step.Node.Outputs.Skip(1).Any(output => output.Length > 0) || Enumerable.Range(from, Math.Max(0, step.InputCount - from)).Any(step.Has);

    private static bool IsByRow(Flow flow) => flow.Rows is { Axis: 0, IsPlain: true };

    private static bool AreByRow(IEnumerable<Flow> flows) => flows.All(IsByRow);

    /// <summary>Whether it is stretched to all rows, having no dimension of its own for them.</summary>
    private static bool IsForAll(Flow flow, int rank) => flow is { Rows: null, Shape: { } shape } && (shape.Length < rank || shape[0].IsOne);

    private static bool IsBias(Flow? bias) => bias is null || (IsByRow(bias) && bias.Rank == 4) || (IsForAll(bias, 4) && bias.Rank == 4);

    private static bool AreFinite(Step step) => step.Given.All(flow => flow.IsFinite);
}
