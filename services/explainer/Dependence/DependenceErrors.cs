using Platform.Hosting.Errors;

namespace Platform.Explainer.Dependence;

/// <summary>Why a feature cannot be followed as asked.</summary>
internal static class DependenceErrors
{
    private const int MostListed = 20;

    public static Error FeatureUnknown(string name, IReadOnlyList<string> features) => new(
        StatusCodes.Status400BadRequest, "explainer.feature_unknown",
        $"The model has no feature '{name}'; it has {string.Join(", ", features.Take(MostListed))}{(features.Count > MostListed ? ", …" : "")}.");

    public static Error NotOrdered(string feature) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.method_not_applicable",
        $"Feature '{feature}' is a category, whose values have no order to accumulate along; ask for kind 'pdp' or 'ice'.");

    public static Error Hidden(string feature) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.unsupported",
        $"Feature '{feature}' is hidden from the prediction log by the version's metadata, and its values are not shown here either; ask for another.");

    public static Error OnlyMissing(string feature) => new(
        StatusCodes.Status422UnprocessableEntity, "explainer.rows_too_few",
        $"Feature '{feature}' is missing in every reference row; upload the version with a reference dataset that has values of it.");
}
