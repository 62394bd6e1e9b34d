using Platform.Hosting.Errors;
using Platform.Registry.Gates;
using Platform.Registry.Policies;

namespace Platform.Registry.Promotions;

internal static class PromotionErrors
{
    public static Error GatesFailed(string version, IReadOnlyList<GateRecord> gates) => new(
        StatusCodes.Status422UnprocessableEntity, "registry.gates_failed",
        $"Version {version} was not promoted. {string.Join(" ", gates.Where(gate => !gate.Passed).Select(gate => gate.Detail))}")
    {
        Extensions = new Dictionary<string, object?> { ["gates"] = gates },
    };

    public static Error NoPreviousVersion(string model, string alias) => new(StatusCodes.Status409Conflict, "registry.no_previous_version",
        $"There is no version that '{alias}' of '{model}' could go back to.");
}
