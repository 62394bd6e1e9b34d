using System.Text.Json;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Pipelines;

/// <summary>What a pipeline must be to run: every name known, no circle, types and shapes that go together.</summary>
public sealed class PipelineRules
{
    private readonly PipelineDocument _document;
    private readonly IReadOnlyList<ModelSignature?> _signatures;
    private readonly ValueSpecs _specs;
    private readonly List<PipelineProblem> _problems = [];

    private PipelineRules(PipelineDocument document, IReadOnlyList<ModelSignature?> signatures)
    {
        (_document, _signatures) = (document, signatures);
        _specs = new ValueSpecs(document, signatures);
    }

    /// <summary>What is wrong with a pipeline whose form is right.</summary>
    /// <param name="document">The pipeline.</param>
    /// <param name="signatures">What each step's version takes and gives, in the order of the steps; null where it is unknown.</param>
    public static IReadOnlyList<PipelineProblem> Check(PipelineDocument document, IReadOnlyList<ModelSignature?> signatures)
    {
        var rules = new PipelineRules(document, signatures);
        for (var i = 0; i < document.Steps.Count; i++) rules.CheckStep(i);
        rules.CheckCircles();
        rules.CheckPolicies();
        foreach (var (field, reason) in CombinationRules.Check(document, rules._specs)) rules.Add(field, reason);
        rules.CheckOutputs();
        rules.CheckUse();
        if (rules._problems.Count == 0) rules.CheckRows();
        return rules._problems;
    }

    /// <summary>What a pipeline takes and gives, as far as it can be told.</summary>
    internal static ModelSignature SignatureOf(PipelineDocument document, IReadOnlyList<ModelSignature?> signatures)
    {
        var specs = new ValueSpecs(document, signatures);
        return new ModelSignature(
            [.. document.Inputs.Select(input => ValueSpecs.Of(input)!)],
            [.. document.Outputs.Select(output => specs.Common(ValuesOf(document, output.Value), output.Key)!)]);
    }

    /// <summary>The values that an output is made of.</summary>
    internal static IReadOnlyList<ValueName> ValuesOf(PipelineDocument document, string output) =>
        ValueName.ParseAlternatives(output) is not { } names ? []
        : names is [var only] && only == ValueName.Combined ? CombinationRules.Values(document.Combine)
        : names;

    private void CheckStep(int at)
    {
        var (field, step) = ($"steps[{at}]", _document.Steps[at]);
        foreach (var (input, text) in step.Inputs) CheckInput(field, at, input, text);
        if (_signatures[at] is { } signature)
            foreach (var missing in signature.Inputs.Where(input => !step.Inputs.ContainsKey(input.Name)))
                Add($"{field}.inputs", $"'{missing.Name}' is missing: {step.Model} version {step.Version} needs it.");
        if (step.When is { } when) CheckCondition($"{field}.when", when);
        CheckDefaults(field, step, _signatures[at]);
    }

    private void CheckInput(string field, int at, string input, string text)
    {
        var (step, place) = (_document.Steps[at], $"{field}.inputs.{input}");
        var known = _signatures[at]?.Inputs.Concat(_signatures[at]!.OptionalInputs).ToList();
        var wanted = known?.FirstOrDefault(each => each.Name == input);
        if (known is not null && wanted is null)
            Add($"{field}.inputs", $"{step.Model} version {step.Version} has no input '{input}'; it has {ValueSpecs.Names(known.Select(each => each.Name))}.");
        if (FindAll(place, text) is not { } names || wanted is null) return;
        foreach (var name in names) CheckFit(place, name, wanted);
    }

    private void CheckFit(string field, ValueName name, TensorSpec wanted)
    {
        if (!_specs.TryFind(name, out var value, out _)) return;
        if (value.Datatype != wanted.Datatype) Add(field, $"'{name}' is {value.Datatype.Name()}, but the input takes {wanted.Datatype.Name()}.");
        else if (!ValueSpecs.Fits(value.Shape, wanted.Shape))
            Add(field, $"'{name}' has the shape {ValueSpecs.Describe(value)}, but the input takes {ValueSpecs.Describe(wanted)}.");
    }

    private void CheckCondition(string field, string when)
    {
        if (Condition.Parse(when) is not { } condition)
        {
            Add(field, "is no condition: a value, =, !=, <, <=, > or >=, and a number, true, false or a 'text', as in router.class = 1; several are joined by 'and'.");
            return;
        }

        foreach (var term in condition.Terms)
            if (!_specs.TryFind(term.Value, out var spec, out var problem)) AddUnlessNull(field, problem);
            else AddUnlessNull(field, term.Problem(spec));
    }

    private void CheckDefaults(string field, PipelineStep step, ModelSignature? signature)
    {
        var policy = _document.OnFailure?.GetValueOrDefault(step.Name);
        Require($"{field}.defaults", policy == FailurePolicy.Default || step.Defaults is null, "are for a step with the policy 'default' in onFailure.");
        if (policy != FailurePolicy.Default || signature is null) return;
        foreach (var name in (step.Defaults ?? new Dictionary<string, JsonElement>()).Keys.Where(name => signature.Outputs.All(output => output.Name != name)))
            Add($"{field}.defaults", $"{step.Model} version {step.Version} has no output '{name}'.");
        foreach (var output in signature.Outputs.Where(output => IsUsed(new ValueName(step.Name, output.Name))))
            if (step.Defaults?.TryGetValue(output.Name, out var value) != true) Add($"{field}.defaults", $"'{output.Name}' is missing: the policy 'default' needs its values.");
            else if (DefaultRow.Of(output, value) is null) Add($"{field}.defaults.{output.Name}", $"must be the values of one row of {output.Datatype.Name()} {ValueSpecs.Describe(output)}.");
    }

    private void CheckCircles()
    {
        foreach (var step in StepOrder.Of(_document).Circular) Add($"steps[{step}]", "waits for itself: steps must not form a circle.");
    }

    private void CheckPolicies()
    {
        foreach (var (step, policy) in _document.OnFailure ?? new Dictionary<string, string>())
        {
            Require($"onFailure.{step}", _document.Steps.Any(each => each.Name == step), "is no step.");
            Require($"onFailure.{step}", FailurePolicy.All.Contains(policy), $"must be one of {string.Join(", ", FailurePolicy.All)}.");
        }
    }

    private void CheckOutputs()
    {
        foreach (var (output, text) in _document.Outputs)
        {
            var field = $"outputs.{output}";
            Require("outputs", output.Length is > 0 and <= 100, "names must be 1 to 100 characters long.");
            if (ValueName.Parse(text) is { } only && only == ValueName.Combined) Require(field, _document.Combine is not null, "takes what is combined, but there is no 'combine'.");
            else if (FindAll(field, text) is { } names) AddUnlessNull(field, _specs.Differ(names));
        }
    }

    /// <summary>What nobody looks at costs time at every request, and is a mistake.</summary>
    private void CheckUse()
    {
        var used = Used().ToHashSet();
        for (var i = 0; i < _document.Steps.Count; i++)
            Require($"steps[{i}]", used.Any(value => value.Step == _document.Steps[i].Name), "is used by nothing.");
        for (var i = 0; i < _document.Inputs.Count; i++)
            Require($"inputs[{i}]", used.Contains(new ValueName(ValueName.Input, _document.Inputs[i].Name)), "is used by no step.");
        Require("combine", _document.Combine is null || _document.Outputs.Values.Any(text => ValueName.Parse(text) == ValueName.Combined),
            "is used by nothing; an output takes it as combine.output.");
    }

    /// <summary>Where rows go different ways, there must be rows: everywhere, the first dimension.</summary>
    private void CheckRows()
    {
        if (!PipelinePlan.Divides(_document)) return;
        const string needed = "must have a free first dimension: the pipeline divides the rows of a request.";
        for (var i = 0; i < _document.Inputs.Count; i++) Require($"inputs[{i}].shape", _document.Inputs[i].Shape[0] == Shapes.Dynamic, needed);
        for (var i = 0; i < _document.Steps.Count; i++)
            foreach (var tensor in BoundTensors(i).Where(tensor => !ValueSpecs.HasRows(tensor))) Add($"steps[{i}]", $"'{tensor.Name}' {needed}");
    }

    private IEnumerable<TensorSpec> BoundTensors(int step) => _signatures[step] is not { } signature ? []
        : signature.Inputs.Concat(signature.OptionalInputs).Where(input => _document.Steps[step].Inputs.ContainsKey(input.Name))
            .Concat(signature.Outputs.Where(output => IsUsed(new ValueName(_document.Steps[step].Name, output.Name))));

    private bool IsUsed(ValueName value) => Used().Contains(value);

    private IEnumerable<ValueName> Used() => _document.Steps.SelectMany(StepOrder.ValuesOf)
        .Concat(_document.Outputs.Values.SelectMany(text => ValuesOf(_document, text)));

    private IReadOnlyList<ValueName>? FindAll(string field, string text)
    {
        if (ValueName.ParseAlternatives(text) is not { } names)
        {
            Add(field, $"must be input.name or step.output; several alternatives, at most {ValueName.MaxAlternatives}, are parted by '|'.");
            return null;
        }

        foreach (var name in names)
            if (!_specs.TryFind(name, out _, out var problem)) AddUnlessNull(field, problem);
        return names;
    }

    private void Add(string field, string reason)
    {
        if (_problems.Count < PipelineForm.MaxProblems) _problems.Add(new PipelineProblem(field, reason));
    }

    private void AddUnlessNull(string field, string? reason)
    {
        if (reason is not null) Add(field, reason);
    }

    private void Require(string field, bool holds, string reason)
    {
        if (!holds) Add(field, reason);
    }
}
