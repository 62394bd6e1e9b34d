using Platform.Hosting.Errors;

namespace Platform.Monitor.Monitoring;

internal static class MonitoringErrors
{
    public static Error UnknownModel(string model) =>
        new(StatusCodes.Status404NotFound, "monitor.model_unknown", $"There is no model '{model}'.");

    public static Error UnknownVersion(string model, string version) =>
        new(StatusCodes.Status404NotFound, "monitor.version_unknown", $"'{model}' has no version or alias '{version}'.");

    public static Error NothingServes(string model) =>
        new(StatusCodes.Status404NotFound, "monitor.nothing_serves", $"No version of '{model}' serves or has served; name one.");

    public static readonly Error RegistryAway =
        new(StatusCodes.Status503ServiceUnavailable, "monitor.registry_unreachable", "The registry cannot be reached now; try again.");
}
