namespace Platform.Explainer.Attribution;

/// <summary>Why a method will not explain an instance, before any work is done.</summary>
/// <param name="Code">Stable, for programs.</param>
/// <param name="Detail">For people: the limit, what was asked, and what to do.</param>
internal sealed record AttributionRefusal(string Code, string Detail)
{
    public static AttributionRefusal TooManyFeatures(int features, int limit, string method) => new(
        "explainer.too_many_features",
        $"Method '{method}' accepts at most {limit} features that differ from the background; this input has {features}.");

    public static AttributionRefusal WorkTooLarge(long evaluations, long limit) => new(
        "explainer.work_too_large",
        $"Exact values need {evaluations} evaluations of the model; the limit is {limit}. Use 'permutation', or fewer background rows.");

    public static AttributionRefusal TableTooLarge(int features, int outputs) => new(
        "explainer.work_too_large",
        $"Exact values of {features} features in {outputs} outputs need too much memory. Use 'permutation', or choose 'classes'.");

    public static AttributionRefusal NotApplicable(string method, string wants) => new(
        "explainer.method_not_applicable", $"Method '{method}' explains {wants}; use 'auto' or 'permutation', which explain any model.");

    public static AttributionRefusal BudgetTooSmall(long budget, long minimum) => new(
        "explainer.budget_too_small",
        $"A budget of {budget} evaluations is too small: this input and background need {minimum}, and fewer background rows less.");
}
