using Platform.Hosting.Errors;

namespace Platform.Registry.Versions;

internal static class VersionErrors
{
    public static Error NotFound(string model, string version) =>
        new(StatusCodes.Status404NotFound, "registry.version_not_found", $"The model '{model}' has no version or alias '{version}'.");

    public static Error Serves(string model, string version) => new(StatusCodes.Status409Conflict, "registry.version_serves",
        $"Version {version} of '{model}' serves as its champion; promote another one first.");

    public static Error IsPromoted(string model, string version, string promotion) => new(StatusCodes.Status409Conflict, "registry.version_serves",
        $"Version {version} of '{model}' is part of the promotion '{promotion}', which is under way; cancel that first.");

    public static Error IsPart(PartUse use) => new(StatusCodes.Status409Conflict, "registry.version_in_use",
        $"Version {use.Version} of '{use.Model}' is part of the pipeline that is version {use.PipelineVersion} of '{use.Pipeline}'; delete that first.");

    public static Error NoReference(string model, string version) => new(StatusCodes.Status404NotFound, "registry.reference_not_found",
        $"Version {version} of '{model}' was uploaded without a reference dataset.");
}
