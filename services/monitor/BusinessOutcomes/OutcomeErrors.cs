using Platform.Hosting.Errors;
using Platform.Monitor.GroundTruth;

namespace Platform.Monitor.BusinessOutcomes;

internal static class OutcomeErrors
{
    public static Error TooManyNames(string model) => new(StatusCodes.Status409Conflict, "monitor.too_many_outcome_names",
        $"Outcomes of '{model}' may have {HeldOutcomes.MostNames} names, and with these there would be more.");
}
