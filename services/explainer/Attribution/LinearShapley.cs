using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>
/// Exact Shapley values of a model that its graph shows to be linear: w_i (x_i − mean_b b_i), which is what the prediction loses when
/// feature i alone takes the background's values.
/// Source: Štrumbelj &amp; Kononenko 2014; Lundberg &amp; Lee 2017 (linear SHAP).
/// </summary>
internal sealed class LinearShapley : IAttributionMethod
{
    private readonly Occlusion _occlusion = new();

    public string Name => "linear";

    public AttributionRefusal? Refuse(CoalitionGame game, AttributionSettings settings)
    {
        if (!game.IsLinear)
            return AttributionRefusal.NotApplicable(Name, "an output that only linear operators lead to from one input");
        return _occlusion.Refuse(game, settings);
    }

    public AttributionResult Explain(CoalitionGame game, AttributionSettings settings, CancellationToken cancellationToken) =>
        _occlusion.Explain(game, settings, cancellationToken);
}
