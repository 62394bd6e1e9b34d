using System.Globalization;
using Platform.Contracts.Registry;
using Platform.Explainer.Decisions;
using Platform.Explainer.Domains;
using Platform.Explainer.Explanations;
using Platform.Explainer.Games;
using Platform.Explainer.Models;
using Platform.Explainer.Rows;
using Platform.Hosting.Errors;
using Platform.Hosting.Values;
using Platform.Onnx.Tensors;
using FeatureNames = Platform.Explainer.Rows.FeatureNames;

namespace Platform.Explainer.Computing;

/// <summary>A question about decisions with all that its rows are compared with.</summary>
internal sealed record DecisionQuestion
{
    /// <summary>The most reference rows: ranges, deviations and coverage are of these.</summary>
    private const int MostReferences = 1000;

    public required Question Question { get; init; }

    /// <summary>Answers every number of the output.</summary>
    public required IBatchModel Model { get; init; }

    /// <summary>A name for each of them.</summary>
    public required IReadOnlyList<string> OutputNames { get; init; }

    /// <summary>The model's answer to each row.</summary>
    public required double[][] Predictions { get; init; }

    public required Background Background { get; init; }

    /// <summary>The background's rows.</summary>
    public required IReadOnlyList<double[]> References { get; init; }

    public required IReadOnlyList<FeatureDomain> Domains { get; init; }

    public required IReadOnlyList<string> Features { get; init; }

    public static Result<DecisionQuestion> Open(Question question, ReferenceRows reference, CancellationToken cancellationToken)
    {
        var (call, instances, metadata) = (question.Call, question.Instances, question.Version.Metadata);
        var chosen = question.Request.Background is { } given
            ? BackgroundReader.FromRequest(given, instances.Layout, instances.Vocabulary)
            : BackgroundReader.FromReference(reference, instances.Layout, instances.Vocabulary, question.Seed, MostReferences);
        if (!chosen.Succeeded(out var background, out var error)) return error;

        var width = call.Run(instances.Row(0), 1, instances.Vocabulary, cancellationToken);
        if (width > OutputSelection.MaximumColumns)
            return RowErrors.Unsupported($"Output '{question.Output}' has {width} numbers; what is decided among more than {OutputSelection.MaximumColumns} cannot be explained, choose another 'output'.");
        var selection = OutputSelection.Of(question.Output, width, metadata, classes: null);
        if (!selection.Succeeded(out var outputs, out error)) return error;
        var model = new OnnxBatchModel(call, instances.Layout.Features, instances.Vocabulary, width, outputs.Columns);
        var predictions = new double[instances.Count * width];
        model.Evaluate(instances.Cells, instances.Count, predictions, cancellationToken);
        if (!Array.TrueForAll(predictions, double.IsFinite)) return ModelErrors.NotFinite();

        var features = FeatureNames.For(instances.Layout, metadata);
        double[][] references = [.. background.Cells.Chunk(instances.Layout.Features)];
        return new DecisionQuestion
        {
            Question = question,
            Model = model,
            OutputNames = outputs.Names,
            Predictions = [.. predictions.Chunk(width)],
            Background = background,
            References = references,
            Domains = FeatureDomains.Of(instances, references, metadata, features),
            Features = features,
        };
    }

    /// <summary>
    /// What answers are taken for: with a range of numbers whether they lie in it, else which class they are.
    /// </summary>
    /// <param name="range">The range; null where there is none.</param>
    /// <param name="name">The number that is to lie in the range, where there are several.</param>
    /// <param name="field">The field of the request that holds both.</param>
    public Result<Decision> Decide(NumberRange? range, string? name, string field)
    {
        if (range is null)
        {
            var output = Question.Call.Output;
            var meaning = new OutputMeaning(Question.Version.Metadata, new TensorSignature { Name = output.Name, Datatype = output.Datatype.Name(), Shape = output.Shape });
            return Decision.OfClasses(meaning, OutputNames) is { } decision
                ? decision
                : Field($"{field}.range", "The model answers numbers that are no classes; say in which range of them the answer is to lie.");
        }

        if (name is null && OutputNames.Count > 1) return Field($"{field}.class", $"The output has several numbers; name the one that is to lie in the range: {string.Join(", ", OutputNames)}.");
        return name is null ? new Decision(null, range, 0)
            : PlaceOf(name, OutputNames) is { } column ? new Decision(null, range, column)
            : ModelErrors.UnknownClass(name, OutputNames);
    }

    /// <summary>Where a class is, by its name or its place; null where there is none.</summary>
    public static int? PlaceOf(string name, IReadOnlyList<string> names)
    {
        for (var place = 0; place < names.Count; place++)
        {
            if (names[place] == name) return place;
        }

        return int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < names.Count ? at : null;
    }

    public static Error Field(string field, string problem) => Problems.Invalid(new Dictionary<string, string[]> { [field] = [problem] });

    /// <summary>What a row is decided as.</summary>
    public DecidedAnswer Describe(Decision decision, int place) => new()
    {
        Class = decision.NameOf(place),
        Range = decision.Range,
        IsWithinRange = decision.Range is null ? null : place == Decision.Within,
        Output = OutputNames[ColumnOf(decision, place)],
    };

    /// <summary>Which number tells most of a decision: the class's own, else the one that decides.</summary>
    private int ColumnOf(Decision decision, int place) => decision.Classes is null ? decision.Column : decision.Classes.Count == OutputNames.Count ? place : 0;

    /// <summary>The explanation with all that is the same for both methods.</summary>
    public Explanation Write(string method, IReadOnlyList<ExplanationRow> rows, long evaluations) => new()
    {
        Method = method,
        Model = Question.Version.Model,
        Version = Question.Version.Version,
        PredictionId = Question.Request.PredictionId,
        Output = Question.Output,
        Features = Features,
        OutputNames = OutputNames,
        Shape = Question.Instances.Layout.Shape,
        Rows = rows,
        Background = new BackgroundDescription { Source = Background.Source, Rows = References.Count },
        Evaluations = evaluations,
        Seed = Question.Seed,
    };
}
