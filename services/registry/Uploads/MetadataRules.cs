using Platform.Contracts.Registry;
using Platform.Hosting.Values;
using Platform.Registry.Requests;
using Platform.Registry.Sessions;

namespace Platform.Registry.Uploads;

/// <summary>What metadata must agree with: the model's signature, and itself.</summary>
internal static class MetadataRules
{
    private const string Binary = "binary_classification";
    private static readonly string[] Tasks = [Binary, "multiclass_classification", "regression", "ranking"];

    public static FieldProblems Check(VersionMetadata metadata, ModelSignature signature)
    {
        var problems = new FieldProblems();
        CheckTexts(metadata, problems);
        CheckTask(metadata, signature, problems);
        FeatureRules.Check(metadata, signature, problems);
        UsageRules.Check(metadata, signature, problems);
        return problems;
    }

    private static void CheckTexts(VersionMetadata metadata, FieldProblems problems)
    {
        problems.CheckText("description", metadata.Description);
        problems.CheckLabels("tags", metadata.Tags);
        problems.CheckLabels("params", metadata.Params);
        foreach (var (name, value) in metadata.Metrics ?? new Dictionary<string, double>())
            problems.Require($"metrics.{name}", double.IsFinite(value), "must be a finite number.");
    }

    private static void CheckTask(VersionMetadata metadata, ModelSignature signature, FieldProblems problems)
    {
        problems.Require("task", metadata.Task is null || Tasks.Contains(metadata.Task), $"must be one of {string.Join(", ", Tasks)}.");
        problems.Require("threshold", metadata.Threshold is null || double.IsFinite(metadata.Threshold.Value), "must be a finite number.");
        var output = signature.Outputs.FirstOrDefault(output => metadata.Output is null || output.Name == metadata.Output);
        if (output is null) problems.Add("output", $"the model's outputs are {Names(signature.Outputs)}, not '{metadata.Output}'.");
        CheckClasses(metadata, output, problems);
    }

    private static void CheckClasses(VersionMetadata metadata, TensorSignature? output, FieldProblems problems)
    {
        if (metadata.Classes is not { } classes)
        {
            problems.Require("positiveClass", metadata.PositiveClass is null, "needs classes.");
            return;
        }
        problems.Require("classes", classes.Count > 0 && classes.All(name => !string.IsNullOrEmpty(name)), "must be names.");
        if (NameList.FindTwins(classes.OfType<string>()) is var (one, other))
            problems.Add("classes", $"must differ from each other: '{one}' and '{other}' are the same.");
        problems.Require("classes", metadata.Task != Binary || classes.Count == 2, "must be two in binary classification.");
        var positive = metadata.PositiveClass;
        problems.Require("positiveClass", positive is null || AreNamed(classes, positive), "must be one of the classes.");
        if (output is not null && Scores(output) is { } scores)
            problems.Require("classes", classes.Count == scores || scores == 1,
                $"are {classes.Count}, but the output '{output.Name}' has {scores} values for each row.");
    }

    /// <summary>Whether a name, in any notation, is one of the classes.</summary>
    public static bool AreNamed(IReadOnlyList<string> classes, string name) => new NameList([.. classes.OfType<string>()]).Find(name) is not null;

    /// <summary>
    /// How many scores the output gives a row, 1 for that of the positive class or the number of the class; null where it is
    /// not a row of scores.
    /// </summary>
    private static long? Scores(TensorSignature output) => output.Shape.Count == 2 ? RowShape.Width(output) : null;

    public static string Names(IEnumerable<TensorSignature> tensors) => string.Join(", ", tensors.Select(tensor => $"'{tensor.Name}'"));
}
