using Platform.Hosting.Errors;

namespace Platform.Inference.Models;

/// <summary>Why a URL leads to no version. 400 for what is not ready, as the protocol's reference servers answer.</summary>
internal static class ModelErrors
{
    public static Error ServerNotReady { get; } = new(StatusCodes.Status400BadRequest, "inference.not_ready",
        "The server does not know yet which models should serve.");

    public static Error RegistryAway { get; } = new(StatusCodes.Status503ServiceUnavailable, "inference.registry_away",
        "This version is not loaded, and the registry that has it does not answer; try again shortly.");

    public static Error UnknownModel(string model) => new(StatusCodes.Status404NotFound, "inference.model_unknown",
        $"No version of a model '{model}' serves here.");

    public static Error UnknownVersion(string model, string version) => new(StatusCodes.Status404NotFound, "inference.version_unknown",
        $"The model '{model}' has no version or alias '{version}' that serves.");

    public static Error NoChampion(string model) => new(StatusCodes.Status404NotFound, "inference.no_champion",
        $"The model '{model}' has no champion; name a version or an alias in the URL.");

    public static Error NotReady(string model, string? reason = null) => new(StatusCodes.Status400BadRequest, "inference.model_not_ready",
        $"The model '{model}' is not ready.{(reason is null ? "" : $" {reason}")}");

    public static Error NotLoadable(string model, string version, string reason) => new(StatusCodes.Status400BadRequest,
        "inference.version_not_loadable", $"Version '{version}' of the model '{model}' could not be loaded: {reason}");

    public static Error Explain(ModelTable models, string model, string? versionOrAlias)
    {
        if (models.Find(model) is null) return UnknownModel(model);
        return versionOrAlias is null ? NoChampion(model) : UnknownVersion(model, versionOrAlias);
    }
}
