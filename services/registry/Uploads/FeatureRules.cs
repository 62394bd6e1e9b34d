using Platform.Contracts.Registry;
using Platform.Registry.References;
using Platform.Registry.Requests;
using Platform.Registry.Sessions;

namespace Platform.Registry.Uploads;

/// <summary>Features name the columns of the inputs, so they must fit them.</summary>
internal static class FeatureRules
{
    private const string Text = "text";
    private const string Categorical = "categorical";
    private static readonly string[] Kinds = ["numerical", Categorical, Text];
    private static readonly string[] Measures = ["length", "words", "unseenWords"];

    public static void Check(VersionMetadata metadata, ModelSignature signature, FieldProblems problems)
    {
        if (metadata.Features is not { } features) return;
        for (var i = 0; i < features.Count; i++) CheckFeature($"features[{i}]", features[i], signature, problems);
        if (problems.Any) return; // what follows relies on each being sound

        foreach (var name in features.GroupBy(feature => feature.Name).Where(group => group.Count() > 1).Select(group => group.Key))
            problems.Add("features", $"'{name}' is there more than once.");
        foreach (var name in Watched(features).GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key))
            problems.Add("features", $"'{name}' is what a feature of text is watched by; give the other one another name.");
        problems.Require("target", features.All(feature => feature.Name != metadata.Target), "is a feature.");
        foreach (var input in signature.Inputs) CheckWidth(input, InputFeatures.Of(features, input, signature), problems);
    }

    /// <summary>The names under which the features are watched: of a text three numbers are.</summary>
    private static IEnumerable<string> Watched(IReadOnlyList<FeatureDefinition> features) => features.DistinctBy(feature => feature.Name)
        .SelectMany(feature => feature.Kind == Text ? Measures.Select(measure => $"{feature.Name}.{measure}") : [feature.Name]);

    private static void CheckFeature(string field, FeatureDefinition? feature, ModelSignature signature, FieldProblems problems)
    {
        if (feature is null)
        {
            problems.Add(field, "must be an object.");
            return;
        }
        problems.Require($"{field}.name", feature.Name is { Length: > 0 and <= 500 }, "must be 1 to 500 characters long.");
        problems.Require($"{field}.kind", Kinds.Contains(feature.Kind), $"must be one of {string.Join(", ", Kinds)}.");
        CheckCategories($"{field}.categories", feature, problems);
        if (InputFeatures.InputOf(feature, signature) is { } input) CheckKind($"{field}.kind", feature, input, problems);
        else problems.Add($"{field}.input", $"the model's inputs are {MetadataRules.Names(signature.Inputs)}, not '{feature.Input}'.");
    }

    private static void CheckCategories(string field, FeatureDefinition feature, FieldProblems problems)
    {
        if (feature.Categories is not { } categories) return;
        problems.Require(field, feature.Kind == Categorical, "belong to a categorical feature.");
        problems.Require(field, categories.Count > 0 && categories.All(category => category is not null), "must be names.");
        problems.Require(field, categories.Distinct().Count() == categories.Count, "must differ from each other.");
    }

    private static void CheckKind(string field, FeatureDefinition feature, TensorSignature input, FieldProblems problems)
    {
        var isText = input.Datatype == "BYTES";
        problems.Require(field, feature.Kind != Text || isText, $"is text, but the input '{input.Name}' holds {input.Datatype}.");
        problems.Require(field, feature.Kind != "numerical" || !isText, $"is numerical, but the input '{input.Name}' holds text.");
    }

    private static void CheckWidth(TensorSignature input, IReadOnlyList<FeatureDefinition> features, FieldProblems problems)
    {
        if (features.Count == 0 || RowShape.Width(input) is not { } width) return;
        problems.Require("features", features.Count == width,
            $"name {features.Count} columns of the input '{input.Name}', which has {width}.");
    }
}
