using Platform.Onnx.Inspection;

namespace Platform.Onnx.RowFlow.Rules;

/// <summary>The operators that are followed, each with its rule.</summary>
internal static class RuleBook
{
    public const string PaddedText = "works on words that are filled up to the longest text of the batch";

    private static readonly Dictionary<OperatorName, RowRule> Rules = [];

    static RuleBook()
    {
        Elementwise.Enter();
        Products.Enter();
        Pictures.Enter();
        Normalisations.Enter();
        Reductions.Enter();
        Layouts.Enter();
        Selections.Enter();
        Joins.Enter();
        SizeRules.Enter();
        Recurrences.Enter();
        Texts.Enter();
        Estimators.Enter();
        Quantisation.Enter();
        Attentions.Enter();
        Scatters.Enter();
        MixingOperators.Enter();
    }

    public static RowRule? Find(OperatorName name) => Rules.GetValueOrDefault(name);

    public static void Add(string domain, string name, RowRule rule) => Rules.Add(new OperatorName(domain, name), rule);

    public static void Add(string name, Func<Step, Flow[]> apply, bool readsSizes = false, bool knowsTokens = false) =>
        Add("", name, new RowRule(apply, readsSizes, knowsTokens));
}
