using System.Text.Json;
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
    /// <param name="ofClass">The number that is to lie in the range, where there are several.</param>
    /// <param name="field">The field of the request that holds both.</param>
    public Result<Decision> Decide(NumberRange? range, JsonElement? ofClass, string field)
    {
        if (range is null)
        {
            var output = new TensorSignature { Name = Question.Output, Datatype = Question.Call.Output.Datatype.Name(), Shape = Question.Call.Output.Shape };
            return Question.IsPrediction && Decision.OfClasses(new OutputMeaning(Question.Version.Metadata, output), output, OutputNames.Count) is { } decision
                ? decision
                : Field($"{field}.range", $"Nothing says that the answers of output '{Question.Output}' are classes; say in which range of numbers the answer is to lie.");
        }

        var name = TextOf(ofClass);
        if (name is null && OutputNames.Count > 1) return Field($"{field}.class", $"The output has several numbers; name the one that is to lie in the range: {string.Join(", ", OutputNames)}.");
        return name is null ? new RangeDecision(range, 0)
            : new ClassNames(OutputNames, Question.Version.Metadata.PositiveClass).Find(name) is { } column ? new RangeDecision(range, column)
            : ModelErrors.UnknownClass(name, OutputNames);
    }

    /// <summary>A class as it is written in a request; null where none is named.</summary>
    public static string? TextOf(JsonElement? ofClass) => ofClass is { } written ? ScalarText.Of(written) : null;

    public static Error Field(string field, string problem) => Problems.Invalid(new Dictionary<string, string[]> { [field] = [problem] });

    /// <summary>What a row is decided as.</summary>
    public DecidedAnswer Describe(Decision decision, int place) => new()
    {
        Class = decision.NameOf(place),
        Range = decision.Range,
        IsWithinRange = decision.Range is null ? null : place == Decision.Within,
        Output = OutputNames[decision.ColumnOf(place)],
    };

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
