using System.Text.RegularExpressions;

namespace Platform.Onnx.Pipelines;

/// <summary>
/// Which rows a step answers: comparisons joined by <c>and</c>. A comparison is a value (<c>router.class</c>), one element of its row
/// (<c>router.scores[1]</c>), or <c>max</c>, <c>min</c> or <c>argmax</c> of it; then =, !=, &lt;, &lt;=, &gt; or &gt;=; then a number, true, false
/// or a 'text'. A row that has not the value does not meet it, nor does one where a number that
/// is looked at is NaN, whatever the comparison.
/// </summary>
/// <param name="Terms">The comparisons, all of which must hold.</param>
internal sealed partial record Condition(IReadOnlyList<ConditionTerm> Terms)
{
    private const int MaxLength = 500;

    /// <summary>Null where the text is none.</summary>
    public static Condition? Parse(string text)
    {
        if (text.Length > MaxLength) return null;
        var terms = And().Split(text.Trim()).Select(ConditionTerm.Parse).ToList();
        return terms.All(term => term is not null) ? new Condition([.. terms.OfType<ConditionTerm>()]) : null;
    }

    // An "and" within a text in quotes joins nothing.
    [GeneratedRegex(@"\s+and\s+(?=[^']*(?:'[^']*'[^']*)*$)")]
    private static partial Regex And();
}
