namespace Platform.Onnx.RowFlow.Rules;

/// <summary>Operators each of whose elements depends on the elements at the same place alone.</summary>
internal static class Elementwise
{
    // What they make of one number is worked out for the filling of padded rows.
    private static readonly Dictionary<string, Func<double, double>> Unary = new()
    {
        ["Abs"] = Math.Abs, ["Ceil"] = Math.Ceiling, ["Floor"] = Math.Floor, ["Identity"] = x => x, ["Neg"] = x => -x, ["Relu"] = x => Math.Max(0, x),
        ["Sign"] = x => Math.Sign(x), ["Sqrt"] = Math.Sqrt, ["Tanh"] = Math.Tanh, ["Erf"] = x => x == 0 ? 0 : double.NaN,
        ["Sin"] = Math.Sin, ["Not"] = x => x == 0 ? 1 : 0, ["Round"] = x => Math.Round(x, MidpointRounding.ToEven),
    };

    private static readonly string[] OtherUnary =
    [
        "Acos", "Acosh", "Asin", "Asinh", "Atan", "Atanh", "Celu", "Cos", "Cosh", "Elu", "Exp", "Gelu", "HardSigmoid", "HardSwish", "IsInf",
        "IsNaN", "LeakyRelu", "Log", "Mish", "Reciprocal", "Selu", "Shrink", "Sigmoid", "Sinh", "Softplus", "Softsign", "Swish", "Tan",
        "ThresholdedRelu", "BitwiseNot", "RegexFullMatch",
    ];

    private static readonly Dictionary<string, Func<double, double, double>> Binary = new()
    {
        ["Add"] = (x, y) => x + y, ["Sub"] = (x, y) => x - y, ["Mul"] = (x, y) => x * y, ["Div"] = (x, y) => x / y, ["Pow"] = Math.Pow,
        ["And"] = (x, y) => x != 0 && y != 0 ? 1 : 0, ["Or"] = (x, y) => x != 0 || y != 0 ? 1 : 0, ["Xor"] = (x, y) => x != 0 ^ y != 0 ? 1 : 0,
        ["Equal"] = (x, y) => x == y ? 1 : 0, ["Greater"] = (x, y) => x > y ? 1 : 0, ["Less"] = (x, y) => x < y ? 1 : 0,
        ["GreaterOrEqual"] = (x, y) => x >= y ? 1 : 0, ["LessOrEqual"] = (x, y) => x <= y ? 1 : 0,
        ["Max"] = Math.Max, ["Min"] = Math.Min, ["Sum"] = (x, y) => x + y,
    };

    private static readonly string[] OtherNary = ["BitShift", "BitwiseAnd", "BitwiseOr", "BitwiseXor", "Mean", "Mod", "PRelu",
        "StringConcat"];

    // What may be infinite or NaN although what comes in is not; overflow aside.
    private static readonly HashSet<string> Unbounded =
        ["Acos", "Acosh", "Asin", "Atanh", "Cosh", "Div", "Exp", "Log", "Mod", "Pow", "Reciprocal", "Sinh", "Sqrt", "Tan"];

    public static void Enter()
    {
        foreach (var name in Unary.Keys.Concat(OtherUnary).Except(["Identity"])) RuleBook.Add(name, Map, knowsTokens: true);
        foreach (var name in Binary.Keys.Concat(OtherNary).Append("Where"))
            RuleBook.Add(name, Combine, readsSizes: true, knowsTokens: true);
        RuleBook.Add("Identity", step => step.All(step.Need(0)), readsSizes: true, knowsTokens: true);
        RuleBook.Add("Cast", Cast, readsSizes: true, knowsTokens: true);
        RuleBook.Add("CastLike", step => Step.One(Keep(step, null)), knowsTokens: true);
        RuleBook.Add("Clip", Clip, knowsTokens: true);
        RuleBook.Add("Dropout", Dropout);
        foreach (var name in new[] { "Gelu", "FastGelu", "QuickGelu", "BiasGelu" })
            RuleBook.Add("com.microsoft", name, new RowRule(Combine, KnowsTokens: true));
    }

    private static Flow[] Map(Step step)
    {
        var filled = step.Need(0).Tokens?.Fill.Number is { } number && Unary.TryGetValue(step.Node.Operator.Name, out var function)
            ? function(number)
            : (double?)null;
        return Step.One(Keep(step, filled));
    }

    /// <summary>The first input with other elements.</summary>
    public static Flow Keep(Step step, double? filled, bool finite = true) => step.Need(0) with
    {
        Content = null,
        Constant = null,
        IsFinite = finite && step.Need(0).IsFinite && IsBounded(step, [step.Need(0)]),
        IsNumber = false,
        AtLeast = Bounds.Of(step, [step.Need(0)]),
        Tokens = Fill(step.Need(0).Tokens, filled),
    };

    private static bool IsBounded(Step step, Flow[] inputs) => !Unbounded.Contains(step.Node.Operator.Name) || Bounds.KeepFinite(step, inputs);

    /// <summary>The same places with another filling.</summary>
    public static TokenAxis? Fill(TokenAxis? tokens, double? number)
    {
        if (number is not { } known || !double.IsFinite(known))
            return tokens is null ? null : tokens with { Fill = Filling.Unknown, Always = false };
        return tokens is null ? null : tokens with { Fill = new Filling(known, null) };
    }

    private static Flow[] Combine(Step step)
    {
        var inputs = step.Given.ToArray();
        if (SizeArithmetic.TryApply(step, inputs) is { } sizes) return Step.One(Flows.Of(sizes));
        if (inputs.Any(input => input.Content is { DependsOnBatch: true })) return step.Mixes("makes use of the size of the batch");
        var joined = Broadcasting.Join(step, inputs);
        if (joined.Mixing is not null) return Step.One(joined);
        var name = step.Node.Operator.Name;
        return Step.One(joined with
        {
            IsFinite = joined.IsFinite && IsBounded(step, inputs),
            IsNumber = name is "Where" or "Max" or "Min" && inputs.All(input => input.IsFinite || input.IsNumber), // they choose one
            AtLeast = Bounds.Of(step, inputs),
            Tokens = joined.Tokens is { } tokens ? FillOf(name, inputs, tokens) : null,
        });
    }

    private static TokenAxis FillOf(string name, Flow[] inputs, TokenAxis tokens)
    {
        // A mask that is 0 or false behind a row's end makes it so, whatever stands there otherwise.
        if (name is "Mul" or "And" && Array.Find(inputs, input => input.Tokens is { Fill.IsZero: true }) is { } zero
            && inputs.All(input => ReferenceEquals(input, zero) || input.IsFinite))
            return tokens with { Fill = zero.Tokens!.Fill, Always = zero.Tokens.Always };

        if (name == "Where") return FillOfWhere(inputs, tokens);
        if (!Binary.TryGetValue(name, out var function)) return tokens;
        var numbers = inputs.Select(NumberOf).ToArray();
        if (numbers.Any(number => number is null)) return tokens;
        var filled = numbers.Select(number => number!.Value).Aggregate(function);
        return double.IsFinite(filled) ? tokens with { Fill = new Filling(filled, null), Always = AreAlways(inputs) } : tokens;
    }

    private static TokenAxis FillOfWhere(Flow[] inputs, TokenAxis tokens)
    {
        if (inputs[0].Tokens is not { Fill.Number: { } condition } mask) return tokens;
        var chosen = inputs[condition != 0 ? 1 : 2];
        return NumberOf(chosen) is { } number
            ? tokens with { Fill = new Filling(number, null), Always = mask.Always && chosen.Tokens is null or { Always: true } }
            : tokens;
    }

    private static double? NumberOf(Flow input) => input.Tokens is { } tokens ? tokens.Fill.Number : input.Constant?.Uniform();

    private static bool AreAlways(Flow[] inputs) => inputs.All(input => input.Tokens is null or { Always: true });

    /// <summary>Sizes stay sizes as whole numbers.</summary>
    private static Flow[] Cast(Step step)
    {
        var (input, to) = (step.Need(0), step.Integer("to"));
        var whole = to is 6 or 7 or 12 or 13;
        if (input.Content is { } content)
        {
            var items = whole ? content.Items : content.Items.Select(item => new SizeItem(null, item.DependsOnBatch)).ToArray();
            if (whole || content.DependsOnBatch) return Step.One(Flows.Of(content with { Items = items }));
        }

        var filled = input.Tokens?.Fill.Number is { } number ? Converted(number, (int)to) : (double?)null;
        var isSame = to is 1 or 7 or 11 && input.Constant?.Uniform() is not null;
        // What is no number becomes one, whichever.
        var isInteger = Graphs.OnnxConstant.Elements.IsInteger((int)to);
        var kept = Keep(step, filled);
        return Step.One(kept with
        {
            Constant = isSame ? input.Constant : null,
            IsFinite = isInteger || kept.IsFinite,
            AtLeast = to is 1 or 11 ? input.AtLeast : null,
        });
    }

    /// <summary>A number as another type has it.</summary>
    private static double Converted(double number, int to) =>
        to == 9 ? (number != 0 ? 1 : 0) : Graphs.OnnxConstant.Elements.IsInteger(to) ? Math.Truncate(number) : number;

    private static Flow[] Clip(Step step) =>
        step.AreConstantFrom(1) ? Step.One(Keep(step, null)) : step.Mixes("takes its bounds from the rows of the whole batch");

    private static Flow[] Dropout(Step step)
    {
        var trains = step.Has(2) && step.Numbers(2) is not [0];
        if (trains || (step.Version < 7 && step.Integer("is_test") == 0)) return step.Mixes("is random");
        return step.All(Keep(step, null));
    }
}
