using Platform.Explainer.Rows;
using Platform.Hosting.Errors;

namespace Platform.Explainer.Explanations;

/// <summary>What can be said of a request by itself, before any model is looked at. Every problem is named at once.</summary>
internal static class ExplanationRules
{
    public const string Sync = "sync";
    public const string Async = "async";

    /// <summary>The largest budget for one row.</summary>
    public const long MaximumBudget = 1_000_000;

    private const int LongestPredictionId = 256;

    public static Error? Check(ExplanationRequest request)
    {
        if (request.Method is { } method && !ExplanationMethods.Names.Contains(method))
            return ExplanationErrors.MethodNotSupported(method);

        var problems = new Dictionary<string, string[]>();
        void Require(bool holds, string field, string problem)
        {
            if (!holds)
                problems.TryAdd(field, [problem]);
        }

        Require(request.Inputs is null != request.PredictionId is null, "inputs", "Give either 'inputs' or 'predictionId'.");
        Require(request.Inputs is not { Count: 0 }, "inputs", "At least one tensor is needed.");
        Require(request.Inputs?.Any(IsIncomplete) is not true, "inputs", "A tensor has a name, a datatype, a shape and data.");
        Require(request.PredictionId is null or { Length: > 0 and <= LongestPredictionId }, "predictionId", "This is no prediction id.");
        Require(request.Classes is not { Count: 0 }, "classes", "At least one class is needed; leave it out for all.");
        Require(request.Classes?.Distinct().Count() == request.Classes?.Count, "classes", "A class is named twice.");
        Require(request.Background?.Any(row => row is null) is not true, "background", "Every row is an array of cells.");
        Require(request.Budget is null or (>= 1 and <= MaximumBudget), "budget", $"It is a number from 1 to {MaximumBudget}.");
        Require(request.Mode is null or Sync or Async, "mode", $"It is '{Sync}' or '{Async}'.");
        foreach (var (field, problem) in DecisionRules.Problems(request)) problems.TryAdd(field, [problem]);
        return problems.Count == 0 ? null : Problems.Invalid(problems);
    }

    // JSON can say null where the type does not allow it.
    private static bool IsIncomplete(InputTensor? tensor) => tensor is not { Name: not null, Datatype: not null, Shape: not null };
}
