using Platform.Hosting.Errors;

namespace Platform.Registry.Models;

internal static class ModelErrors
{
    public static Error NotFound(string model) =>
        new(StatusCodes.Status404NotFound, "registry.model_not_found", $"There is no model '{model}'.");

    public static Error Exists(string model) =>
        new(StatusCodes.Status409Conflict, "registry.model_exists", $"There is a model '{model}' already.");

    public static Error Serves(string model) => new(StatusCodes.Status409Conflict, "registry.model_serves",
        $"A version of '{model}' serves as its champion; it cannot be deleted.");

    public static Error InUse(string model) => new(StatusCodes.Status409Conflict, "registry.model_in_use",
        $"An alias names a version of '{model}'; what is recorded of it is kept under that name.");

    /// <summary>One promotion at a time moves an alias, and while one does nobody else.</summary>
    public static Error PromotionRunning(string alias, string promotion) => new(StatusCodes.Status409Conflict, "registry.promotion_running",
        $"The promotion '{promotion}' of '{alias}' is under way; wait for its end, or cancel it by DELETE /v1/promotions/{promotion}.")
    {
        Extensions = new Dictionary<string, object?> { ["promotion"] = promotion },
    };

    public static Error Contended(string model) =>
        new(StatusCodes.Status409Conflict, "registry.contended", $"Many others are changing the model '{model}' at once; try again.");
}
