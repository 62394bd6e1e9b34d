using Platform.Onnx.Sessions;

namespace Platform.Onnx.Pipelines;

/// <summary>A pipeline whose names have become places, ready to be run.</summary>
internal sealed class PipelinePlan
{
    private readonly IReadOnlyList<ModelSignature> _signatures;

    private PipelinePlan(PipelineDocument document, IReadOnlyList<ModelSignature> signatures)
    {
        (Document, _signatures) = (document, signatures);
        Signature = PipelineRules.SignatureOf(document, signatures);
        DividesRows = Divides(document);
        Levels = StepOrder.Of(document).Levels;
        Outputs = [.. document.Outputs.Select(output => new OutputPlan(
            output.Key, PlacesOf(PipelineRules.ValuesOf(document, output.Value)), ValueName.Parse(output.Value) == ValueName.Combined ? document.Combine : null))];
        Steps = [.. document.Steps.Select(PlanStep)];
    }

    public PipelineDocument Document { get; }

    public ModelSignature Signature { get; }

    /// <summary>Whether rows of a request may go different ways.</summary>
    public bool DividesRows { get; }

    /// <summary>The steps that can run side by side, level after level.</summary>
    public IReadOnlyList<IReadOnlyList<int>> Levels { get; }

    public IReadOnlyList<StepPlan> Steps { get; }

    public IReadOnlyList<OutputPlan> Outputs { get; }

    /// <summary>Whether a pipeline's rows may go different ways, or several values become one row by row.</summary>
    public static bool Divides(PipelineDocument document) =>
        document.Combine is not null || document.Steps.Any(step => step.When is not null)
        || document.OnFailure?.Values.Any(policy => policy != FailurePolicy.Fail) == true
        || document.Steps.SelectMany(step => step.Inputs.Values).Concat(document.Outputs.Values).Any(text => text.Contains('|'));

    /// <summary>Plans a pipeline.</summary>
    /// <param name="document">The pipeline.</param>
    /// <param name="signatures">What each step's version takes and gives.</param>
    /// <exception cref="ModelLoadException">They do not go together.</exception>
    public static PipelinePlan Of(PipelineDocument document, IReadOnlyList<ModelSignature> signatures)
    {
        var problems = PipelineForm.Check(document) is { Count: > 0 } form ? form : PipelineRules.Check(document, signatures);
        return problems is [var problem, ..]
            ? throw new ModelLoadException($"The pipeline cannot be run: {problem.Field}: {problem.Reason}")
            : new PipelinePlan(document, signatures);
    }

    private StepPlan PlanStep(PipelineStep step, int at)
    {
        var signature = _signatures[at];
        return new StepPlan(step.Label,
            [.. signature.Inputs.Select(input => PlacesOf(step.Inputs[input.Name]))],
            [.. signature.OptionalInputs.Where(input => step.Inputs.ContainsKey(input.Name)).Select(input => (input.Name, PlacesOf(step.Inputs[input.Name])))],
            step.When is { } when ? [.. Condition.Parse(when)!.Terms.Select(term => (term, PlaceOf(term.Value)))] : [],
            Document.OnFailure?.GetValueOrDefault(step.Name) ?? FailurePolicy.Fail,
            [.. signature.Outputs.Select(output => step.Defaults?.TryGetValue(output.Name, out var value) == true ? DefaultRow.Of(output, value) : null)],
            [.. signature.Outputs.Select((_, tensor) => DirectOutput(new Place(at, tensor)))]);
    }

    /// <summary>The output that a step can write itself, since nothing else is to be done with its answer; -1 where there is none.</summary>
    private int DirectOutput(Place place) => DividesRows ? -1
        : Outputs.ToList().FindIndex(output => output.Values is [var only] && only == place);

    private Place[] PlacesOf(string text) => [.. ValueName.ParseAlternatives(text)!.Select(PlaceOf)];

    private Place[] PlacesOf(IReadOnlyList<ValueName> names) => [.. names.Select(PlaceOf)];

    private Place PlaceOf(ValueName name)
    {
        if (name.Step == ValueName.Input) return new Place(Place.Inputs, Document.Inputs.ToList().FindIndex(input => input.Name == name.Tensor));
        var step = Document.Steps.ToList().FindIndex(each => each.Name == name.Step);
        return new Place(step, _signatures[step].Outputs.ToList().FindIndex(output => output.Name == name.Tensor));
    }
}
