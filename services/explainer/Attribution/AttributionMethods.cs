using System.Collections.Frozen;
using Platform.Explainer.Games;

namespace Platform.Explainer.Attribution;

/// <summary>The methods that can be asked for by name.</summary>
internal static class AttributionMethods
{
    /// <summary>The name that leaves the choice to the service.</summary>
    public const string Auto = "auto";

    private static readonly ExactShapley Exact = new();
    private static readonly PermutationShapley Permutation = new();
    private static readonly TreeShapley Tree = new();
    private static readonly LinearShapley Linear = new();

    private static readonly FrozenDictionary<string, IAttributionMethod> ByName =
        new IAttributionMethod[] { Exact, Permutation, Tree, Linear, new KernelShapley(), new SamplingShapley(), new Occlusion(), new Lime() }
            .ToFrozenDictionary(method => method.Name);

    /// <summary>Every name a request may use, <c>auto</c> first.</summary>
    public static IReadOnlyList<string> Names { get; } = [Auto, .. ByName.Keys.Order(StringComparer.Ordinal)];

    public static bool IsKnown(string name) => name == Auto || ByName.ContainsKey(name);

    /// <summary>The method of that name; for <c>auto</c> the one that suits all of the games.</summary>
    public static IAttributionMethod Resolve(string name, IReadOnlyList<CoalitionGame> games, AttributionSettings settings) =>
        name == Auto ? Choose(games, settings) : ByName[name];

    /// <summary>
    /// Exact values where the model's structure gives them away, or where few features vary and the budget reaches, as no sample can
    /// be better; permutations otherwise.
    /// </summary>
    private static IAttributionMethod Choose(IReadOnlyList<CoalitionGame> games, AttributionSettings settings)
    {
        var limits = settings.Limits;
        var evaluations = Math.Min(settings.Budget ?? limits.AutoExactEvaluations, limits.ExactEvaluations);
        var exact = settings with
        {
            Limits = limits with { ExactPlayers = limits.AutoExactPlayers, ExactEvaluations = evaluations },
        };
        IAttributionMethod[] preferred = [Linear, Tree];
        return preferred.FirstOrDefault(method => games.All(game => method.Refuse(game, settings) is null))
            ?? (games.All(game => Exact.Refuse(game, exact) is null) ? Exact : Permutation);
    }
}
