using Platform.Hosting.Errors;

namespace Platform.Inference.Repository;

internal static class RepositoryErrors
{
    public static Error NothingToLoad(string model) => new(StatusCodes.Status404NotFound, "inference.nothing_to_load",
        $"The registry has no deployment of a model '{model}'; promote a version first.");

    public static Error LoadFailed(string model, string reason) => new(StatusCodes.Status400BadRequest, "inference.load_failed",
        $"The model '{model}' could not be loaded: {reason}");

    public static Error BadConfig(string problem) => new(StatusCodes.Status400BadRequest, "inference.config_invalid", problem);

    public static Error NoConfig { get; } = BadConfig("'config' must be the text of a JSON object in the form of the model's configuration.");

    public static Error UnknownParameter(string name) => new(StatusCodes.Status400BadRequest, "inference.parameter_unknown",
        $"A load has no parameter '{name}'; it takes 'config'.");

    public static Error BadBody(string form) => new(StatusCodes.Status400BadRequest, "inference.body_invalid",
        $"The body must be empty or a JSON object like {form}.");

    public static Error FilesNotTaken { get; } = new(StatusCodes.Status400BadRequest, "inference.files_not_taken",
        "Files come into the repository by registering a version, not with a load.");
}
