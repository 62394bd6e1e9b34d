using Platform.Explainer.Explanations;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Computing;

/// <summary>One way to explain what was decided. One file each, registered in <see cref="DecisionExplainers"/>.</summary>
internal interface IDecisionExplainer
{
    /// <summary>As requests and answers name it.</summary>
    string Name { get; }

    /// <summary>Explains each row of a question, or says why it cannot.</summary>
    Result<Explanation> Explain(DecisionQuestion question, CancellationToken cancellationToken);
}
