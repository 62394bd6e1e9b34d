using System.Collections.Frozen;
using Platform.Explainer.Explanations;
using Platform.Explainer.Rows;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Computing;

/// <summary>The methods that explain what was decided, by name.</summary>
internal static class DecisionExplainers
{
    private static readonly FrozenDictionary<string, IDecisionExplainer> ByName =
        new IDecisionExplainer[] { new CounterfactualExplainer(), new AnchorExplainer() }.ToFrozenDictionary(explainer => explainer.Name);

    /// <summary>The one that a request names; null where it names another method.</summary>
    public static IDecisionExplainer? Find(string? method) => method is null ? null : ByName.GetValueOrDefault(method);

    public static Result<Explanation> Explain(IDecisionExplainer explainer, Question question, ReferenceRows reference, CancellationToken cancellationToken)
    {
        if (question.Instances.Layout.IsSingleString && !SubjectKinds.IsCategory(question.Version.Metadata)) return ExplanationErrors.NoTexts(explainer.Name);
        var opened = DecisionQuestion.Open(question, reference, cancellationToken);
        return opened.Succeeded(out var decisions, out var error) ? explainer.Explain(decisions, cancellationToken) : error;
    }
}
