using Platform.Hosting.Errors;
using Platform.Registry.Comparisons;

namespace Platform.Registry.Rollouts;

internal static class RolloutErrors
{
    public static Error StrategyUnsupported(string? kind) => new(StatusCodes.Status400BadRequest, "registry.strategy_unsupported",
        $"'{kind}' is no strategy here; {string.Join(", ", StrategyKind.All)} are.");

    public static Error MeasureUnsupported(string measure) => new(StatusCodes.Status422UnprocessableEntity, "registry.measure_unsupported",
        $"Versions cannot be compared by '{measure}'; they can by {Measure.Known}.");

    public static Error NothingToCompare(string alias, string version) => new(StatusCodes.Status409Conflict, "registry.nothing_to_compare",
        $"'{alias}' names no other version than {version} that it could be compared with; promote at once, by the strategy 'immediate'.");

    public static Error WrongSplit(string alias, string current, string version) => new(StatusCodes.Status409Conflict, "registry.split_invalid",
        $"The split must be between version {current}, which '{alias}' names, and version {version}, which is to be promoted.");

    public static Error NotFound(string id) =>
        new(StatusCodes.Status404NotFound, "registry.promotion_not_found", $"There is no promotion '{id}'.");

    public static Error NotRunning(string id, string state) => new(StatusCodes.Status409Conflict, "registry.promotion_ended",
        $"The promotion '{id}' is {state.Replace('_', ' ')}; that cannot be done to it any more.");
}
