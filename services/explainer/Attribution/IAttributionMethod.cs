using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>One way to divide a prediction among the features. One file each, registered in <see cref="AttributionMethods"/>.</summary>
internal interface IAttributionMethod
{
    /// <summary>As requests and answers name it.</summary>
    string Name { get; }

    /// <summary>Says why the method cannot explain this instance within these settings; null when it can. Runs no model.</summary>
    AttributionRefusal? Refuse(CoalitionGame game, AttributionSettings settings);

    /// <summary>Explains the instance. Only to be called where <see cref="Refuse"/> answers null.</summary>
    AttributionResult Explain(CoalitionGame game, AttributionSettings settings, CancellationToken cancellationToken);
}
