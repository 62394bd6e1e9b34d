using System.Text.RegularExpressions;
using Platform.Onnx.Tensors;

namespace Platform.Onnx.Pipelines;

/// <summary>What a pipeline must be before anybody looks for its parts.</summary>
public sealed partial class PipelineForm
{
    /// <summary>The most steps of a pipeline.</summary>
    public const int MaxSteps = 32;

    /// <summary>The most problems that are told of one pipeline.</summary>
    internal const int MaxProblems = 100;

    private const int MaxTensors = 32;

    private readonly PipelineDocument _document;
    private readonly List<PipelineProblem> _problems = [];

    private PipelineForm(PipelineDocument document) => _document = document;

    /// <summary>What is wrong with its form. Where there is too much of something, nothing of it is looked at.</summary>
    public static IReadOnlyList<PipelineProblem> Check(PipelineDocument document)
    {
        var form = new PipelineForm(document);
        form.CheckInputs();
        form.CheckSteps();
        form.CheckCounts();
        return form._problems;
    }

    private void CheckInputs()
    {
        if (!Require("inputs", _document.Inputs.Count is > 0 and <= MaxTensors, $"must be 1 to {MaxTensors}.")) return;
        for (var i = 0; i < _document.Inputs.Count; i++) CheckInput($"inputs[{i}]", _document.Inputs[i]);
        foreach (var name in Twice(_document.Inputs.Select(input => input?.Name ?? ""))) Add("inputs", $"'{name}' is there more than once.");
    }

    private void CheckInput(string field, PipelineTensor? input)
    {
        if (input is null) Add(field, "must be an object.");
        else
        {
            Require($"{field}.name", input.Name is { Length: > 0 and <= 100 } && !input.Name.Contains('|'), "must be 1 to 100 characters long, without '|'.");
            Require($"{field}.datatype", Datatypes.TryParse(input.Datatype, out _), $"must be one of {string.Join(", ", Datatypes.All)}.");
            Require($"{field}.shape", input.Shape.Count is > 0 and <= 8 && input.Shape.All(size => size is Shapes.Dynamic or > 0),
                "must be 1 to 8 sizes, each at least 1, or -1 where it is free.");
        }
    }

    private void CheckSteps()
    {
        if (!Require("steps", _document.Steps.Count is > 0 and <= MaxSteps, $"must be 1 to {MaxSteps}.")) return;
        for (var i = 0; i < _document.Steps.Count; i++) CheckForm($"steps[{i}]", _document.Steps[i]);
        foreach (var name in Twice(_document.Steps.Select(step => step?.Name ?? ""))) Add("steps", $"'{name}' is there more than once.");
    }

    private void CheckCounts()
    {
        Require("outputs", _document.Outputs.Count is > 0 and <= MaxTensors, $"must be 1 to {MaxTensors}.");
        Require("combine.of", _document.Combine is null || _document.Combine.Of.Count is >= 2 and <= MaxSteps, $"must be 2 to {MaxSteps} values.");
        Require("onFailure", _document.OnFailure is not { Count: > MaxSteps }, $"must be at most {MaxSteps}, one for a step.");
    }

    private void CheckForm(string field, PipelineStep? step)
    {
        if (step is null) Add(field, "must be an object.");
        else
        {
            Require($"{field}.name", StepName().IsMatch(step.Name) && step.Name is not (ValueName.Input or ValueName.Combine),
                "must be 1 to 50 lower-case letters, digits, '-' and '_', beginning with a letter, other than 'input' and 'combine'.");
            Require($"{field}.model", step.Model.Length > 0, "must name a model.");
            Require($"{field}.version", step.Version.Length > 0, "must be a version's number or an alias.");
            Require($"{field}.inputs", step.Inputs.Count <= MaxTensors, $"must be at most {MaxTensors}.");
            Require($"{field}.defaults", step.Defaults is not { Count: > MaxTensors }, $"must be at most {MaxTensors}.");
        }
    }

    private void Add(string field, string reason) => _problems.Add(new PipelineProblem(field, reason));

    private bool Require(string field, bool holds, string reason)
    {
        if (!holds) Add(field, reason);
        return holds;
    }

    private static IEnumerable<string> Twice(IEnumerable<string> names) => names.GroupBy(name => name).Where(group => group.Count() > 1).Select(group => group.Key);

    [GeneratedRegex("^[a-z][a-z0-9_-]{0,49}$(?!\n)")]
    private static partial Regex StepName();
}
