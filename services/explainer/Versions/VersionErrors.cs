using Platform.Hosting.Errors;

namespace Platform.Explainer.Versions;

internal static class VersionErrors
{
    public static Error NotFound(string model, string version) => new(
        StatusCodes.Status404NotFound, "explainer.version_not_found",
        $"There is no model '{model}' with a version or alias '{version}'.");
}
