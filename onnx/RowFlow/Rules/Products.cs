namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Products of matrices. Rows may lie along any dimension but the one that is summed over.</summary>
internal static class Products
{
    private const string SumsOverRows = "sums over the rows of the batch";

    public static void Enter()
    {
        RuleBook.Add("MatMul", step => Multiply(step, 0, 1, 2), knowsTokens: true);
        RuleBook.Add("com.microsoft", "FusedMatMul", new RowRule(Fused));
        RuleBook.Add("MatMulInteger", step => Multiply(step, 0, 1, 2));
        RuleBook.Add("com.microsoft", "MatMulIntegerToFloat", new RowRule(step => Multiply(step, 0, 1, 2)));
        RuleBook.Add("com.microsoft", "MatMulNBits", new RowRule(WithPackedWeights));
        RuleBook.Add("QLinearMatMul", step =>
            new[] { 1, 2, 4, 5, 6, 7 }.All(i => step[i] is null or { Rows: null })
                ? Multiply(step, 0, 3, 8)
                : step.Mixes("takes a scale from the rows"));
        RuleBook.Add("Gemm", Gemm);
        RuleBook.Add("com.microsoft", "FusedGemm", new RowRule(Gemm));
        RuleBook.Add("com.microsoft", "CDist", new RowRule(Distances));
        RuleBook.Add("Einsum", Einsum);
    }

    /// <summary>A product as NumPy's matmul has it, stacks of matrices stretched to each other.</summary>
    private static Flow[] Multiply(Step step, int left, int right, int constantFrom)
    {
        var (a, b) = (step.Need(left), step.Need(right));
        if (!step.AreConstantFrom(constantFrom)) return step.Mixes("takes a scale from the rows");
        if (a.Rows is null && b.Rows is null) return Step.One(a.Shape is null || b.Shape is null ? Flow.Unknown : Product(step, a, b));
        if (a.Shape is null || b.Shape is null) return step.Mixes("meets rows with a tensor whose shape is not known");
        return Step.One(Product(step, a, b));
    }

    /// <summary>The same of matrices that are turned first.</summary>
    private static Flow[] Fused(Step step)
    {
        var (a, b) = (step.Need(0), step.Need(1));
        if (a.Rows is null && b.Rows is null) return Step.One(Flow.Unknown);
        if (step.Integer("transBatchA") != 0 || step.Integer("transBatchB") != 0 || a.Shape is not { Length: > 1 } || b.Shape is not { Length: > 1 })
            return step.Mixes("turns its matrices in a way that is not followed");
        return Step.One(Product(step, Turned(a, step.Integer("transA") != 0), Turned(b, step.Integer("transB") != 0)));
    }

    private static Flow Turned(Flow flow, bool isTurned)
    {
        if (!isTurned) return flow;
        var (last, before) = (flow.Rank - 1, flow.Rank - 2);
        var axis = flow.Rows?.Axis == last ? before : flow.Rows?.Axis == before ? last : flow.Rows?.Axis;
        return Flow.Of([.. flow.Shape![..^2], flow.Shape[last], flow.Shape[before]], flow.Rows is { } rows ? rows with { Axis = axis!.Value } : null, flow.IsFinite);
    }

    private static Flow Product(Step step, Flow a, Flow b)
    {
        if (a.Rank == 0 || b.Rank == 0) return Flow.Mixed(step.Mixing("multiplies scalars as matrices"));
        if (a.Rows?.Axis == a.Rank - 1 || b.Rows?.Axis == Math.Max(0, b.Rank - 2)) return Flow.Mixed(step.Mixing(SumsOverRows));
        if (a.Rank == 1 || b.Rank == 1) return WithVector(step, a, b);

        var (rank, tall, wide) = (Math.Max(a.Rank, b.Rank), a.Shape![^2], b.Shape![^1]);
        var stack = Broadcasting.Join(step, [Stack(step, a), Stack(step, b)]);
        if (stack.Mixing is not null) return stack;
        var rows = stack.Rows ?? (a.Rows is { } tallRows ? Matrix(tallRows, a, rank, a.Rank - 2, rank - 2) : null)
            ?? (b.Rows is { } wideRows ? Matrix(wideRows, b, rank, b.Rank - 1, rank - 1) : null);
        // Rows in the stack of one and within the matrices of the other would meet each other.
        if (new[] { a, b }.Count(flow => flow.Rows is not null) == 2 && (IsWithin(a) || IsWithin(b)))
            return Flow.Mixed(step.Mixing("multiplies rows with rows"));
        return Words(step, a, b, Flow.Of([.. stack.Shape!, tall, wide], rows, a.IsFinite && b.IsFinite));
    }

    private static bool IsWithin(Flow flow) => flow.Rows!.Axis >= flow.Rank - 2;

    private static RowAxis? Matrix(RowAxis rows, Flow flow, int rank, int axis, int becomes) =>
        rows.Axis == axis
            ? rows with { Axis = becomes }
            : rows.Axis < flow.Rank - 2 ? rows with { Axis = rank - flow.Rank + rows.Axis } : null;

    /// <summary>The dimensions before the matrices.</summary>
    private static Flow Stack(Step step, Flow flow) =>
        Flow.Of(flow.Shape![..^2], flow.Rows is { } rows && rows.Axis < flow.Rank - 2 ? rows : null, flow.IsFinite);

    private static Flow WithVector(Step step, Flow a, Flow b)
    {
        if (a.Tokens is not null || b.Tokens is not null) return Flow.Mixed(step.Mixing(RuleBook.PaddedText));
        if (b.Rank == 1) return Flow.Of([.. a.Shape![..^1]], a.Rows, a.IsFinite && b.IsFinite);
        var rows = b.Rows is { } own ? own with { Axis = own.Axis == b.Rank - 1 ? own.Axis - 1 : own.Axis } : null;
        return Flow.Of([.. b.Shape![..^2], b.Shape[^1]], rows, a.IsFinite && b.IsFinite);
    }

    /// <summary>Words along the left side of the product stay; summed over they must count nothing.</summary>
    private static Flow Words(Step step, Flow a, Flow b, Flow product)
    {
        if (a.Tokens is null && b.Tokens is null) return product;
        if (a.Tokens is { } left && left.Axis == a.Rank - 2 && b.Tokens is null && b.Rows is null)
        {
            var isZero = left.Fill.IsZero && b.IsFinite;
            return product with { Tokens = new TokenAxis(product.Rank - 2, isZero ? left.Fill : Filling.Unknown, isZero && left.Always) };
        }

        var summed = a.Tokens?.Axis == a.Rank - 1 && b.Tokens?.Axis == b.Rank - 2 && a.IsFinite && b.IsFinite
            && (a.Tokens.Fill.IsZero || b.Tokens.Fill.IsZero);
        return summed ? product : Flow.Mixed(step.Mixing(RuleBook.PaddedText));
    }

    private static Flow[] WithPackedWeights(Step step)
    {
        var a = step.Need(0);
        if (!step.AreConstantFrom(1)) return step.Mixes("multiplies rows with rows");
        if (a.Rows is null) return Step.One(Flow.Unknown);
        return a.Rows.Axis == a.Rank - 1
            ? step.Mixes(SumsOverRows)
            : Step.One(Flow.Of([.. a.Shape![..^1], Size.Of(step.Integer("N"))], a.Rows, a.IsFinite));
    }

    private static Flow[] Gemm(Step step)
    {
        var (a, b) = (step.Need(0), step.Need(1));
        if (a.Shape is not { Length: 2 } || b.Shape is not { Length: 2 })
            return a.Rows is null && b.Rows is null && step[2] is null or { Rows: null }
                ? Step.One(Flow.Unknown)
                : step.Mixes("takes tensors that are no matrices");
        var (summedOfA, summedOfB) = (step.Integer("transA") != 0 ? 0 : 1, step.Integer("transB") != 0 ? 1 : 0);
        if (a.Rows?.Axis == summedOfA || b.Rows?.Axis == summedOfB) return step.Mixes(SumsOverRows);
        if (a.Rows is not null && b.Rows is not null) return step.Mixes("multiplies rows with rows");
        var rows = a.Rows is { } tall ? tall with { Axis = 0 } : b.Rows is { } wide ? wide with { Axis = 1 } : null;
        var product = Flow.Of([a.Shape[1 - summedOfA], b.Shape[1 - summedOfB]], rows, a.IsFinite && b.IsFinite);
        if (step[2] is not { } added) return Step.One(product);
        var sum = Broadcasting.Join(step, [product, added]);
        return sum.Mixing is not null || sum.Shape is { Length: 2 } ? Step.One(sum) : step.Mixes("adds a tensor that is no matrix");
    }

    /// <summary>Distances of every row of one matrix from every row of another.</summary>
    private static Flow[] Distances(Step step)
    {
        var (a, b) = (step.Need(0), step.Need(1));
        if (a.Rows is null && b.Rows is null) return Step.One(Flow.Unknown);
        if (a is { Rows.Axis: 0, Rank: 2 } && b is { Rows: null, Shape.Length: 2 })
            return Step.One(Flow.Of([a.Shape![0], b.Shape[0]], a.Rows));
        return step.Mixes("measures rows against each other");
    }

    private static Flow[] Einsum(Step step)
    {
        var parts = step.Text("equation").Replace(" ", "", StringComparison.Ordinal).Split("->");
        var (inputs, terms) = (step.Given.ToArray(), parts[0].Split(','));
        if (inputs.All(input => input.Rows is null)) return Step.One(Flow.Unknown);
        if (parts.Length != 2 || terms.Length != inputs.Length || parts[0].Contains('.', StringComparison.Ordinal)
            || inputs.Zip(terms).Any(pair => pair.First.Shape?.Length != pair.Second.Length))
            return step.Mixes("has an equation that is not followed");

        var rows = inputs.Zip(terms).Where(pair => pair.First.Rows is not null)
            .Select(pair => (Letter: pair.Second[pair.First.Rows!.Axis], pair.First.Rows.Outer, pair.First.Rows.Inner))
                .Distinct().ToArray();
        var letter = rows[0].Letter;
        if (rows.Length > 1 || inputs.Zip(terms).Any(pair => pair.First.Rows is null && pair.Second.Contains(letter, StringComparison.Ordinal))
            || terms.Any(term => term.Count(each => each == letter) > 1))
            return step.Mixes("multiplies rows with rows");
        if (parts[1].Count(each => each == letter) != 1) return step.Mixes(SumsOverRows);
        var sizes = new Dictionary<char, Size>();
        foreach (var (input, term) in inputs.Zip(terms))
            for (var i = 0; i < term.Length; i++) sizes.TryAdd(term[i], input.Shape![i]);
        var axis = parts[1].IndexOf(letter, StringComparison.Ordinal);
        return Step.One(Flow.Of([.. parts[1].Select(each => sizes[each])], new RowAxis(axis, rows[0].Outer, rows[0].Inner),
            inputs.All(input => input.IsFinite)));
    }
}
