namespace Platform.Onnx.RowFlow.Rules;

/// <summary>The operators of ai.onnx.ml that take a table of rows and features.</summary>
internal static class Estimators
{
    private const string Domain = "ai.onnx.ml";

    public static void Enter()
    {
        foreach (var name in new[] { "LinearClassifier", "SVMClassifier", "TreeEnsembleClassifier" }) Add(name, Classify);
        foreach (var name in new[] { "LinearRegressor", "SVMRegressor", "TreeEnsembleRegressor", "TreeEnsemble" }) Add(name, Regress);
        foreach (var name in new[] { "Scaler", "Imputer", "Normalizer" }) Add(name, OnTable);
        Add("OneHotEncoder", OneHot);
        Add("ZipMap", OnTable);
    }

    private static void Add(string name, Func<Step, Flow[]> apply) => RuleBook.Add(Domain, name, new RowRule(apply));

    /// <summary>A vector would be taken for the features of one row.</summary>
    private static bool IsTable(Flow input) => input is { Rows.Axis: 0, Shape.Length: 2 };

    private static Flow[] Classify(Step step)
    {
        var input = step.Need(0);
        if (input.Rows is null) return step.All(Flow.Unknown);
        if (!IsTable(input)) return step.Mixes("takes the rows for features");
        return [Flow.Of([input.Shape![0]], input.Rows), Flow.Of([input.Shape[0], step.NewSize("classes")], input.Rows)];
    }

    private static Flow[] Regress(Step step)
    {
        var input = step.Need(0);
        if (input.Rows is null) return step.All(Flow.Unknown);
        if (!IsTable(input) || !step.AreConstantFrom(1)) return step.Mixes("takes the rows for features");
        var targets = step.Attribute(step.Node.Operator.Name == "LinearRegressor" ? "targets" : "n_targets");
        return Step.One(Flow.Of([input.Shape![0], Size.Of(targets?.Integer ?? 1)], input.Rows));
    }

    private static Flow[] OnTable(Step step)
    {
        var input = step.Need(0);
        if (input.Rows is null) return step.All(Flow.Unknown);
        return IsTable(input) ? Step.One(Elementwise.Keep(step, null)) : step.Mixes("takes the rows for features");
    }

    private static Flow[] OneHot(Step step)
    {
        var input = step.Need(0);
        if (input.Rows is null || input.Shape is not { } shape) return Step.One(Flow.Unknown);
        var categories = Math.Max(step.Integers("cats_int64s")?.Count ?? 0, step.Attribute("cats_strings")?.Texts.Count ?? 0);
        return Step.One(Flow.Of([.. shape, categories > 0 ? Size.Of(categories) : step.NewSize("categories")], input.Rows));
    }
}
