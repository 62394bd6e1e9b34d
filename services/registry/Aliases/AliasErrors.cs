using Platform.Hosting.Errors;

namespace Platform.Registry.Aliases;

internal static class AliasErrors
{
    /// <summary>One promotion at a time moves an alias, and while one does nobody else.</summary>
    public static Error PromotionRunning(string alias, string promotion) => new(StatusCodes.Status409Conflict, "registry.promotion_running",
        $"The promotion '{promotion}' of '{alias}' is under way; wait for its end, or cancel it by DELETE /v1/promotions/{promotion}.")
    {
        Extensions = new Dictionary<string, object?> { ["promotion"] = promotion },
    };

    public static Error NotFound(string model, string alias) =>
        new(StatusCodes.Status404NotFound, "registry.alias_not_found", $"The model '{model}' has no alias '{alias}'.");

    public static Error Protected { get; } = new(StatusCodes.Status409Conflict, "registry.alias_protected",
        "The alias 'champion' serves; it moves by promotion and roll-back only.");

    public static Error Invalid(string alias) =>
        Problems.Invalid(new Dictionary<string, string[]> { ["alias"] = [$"'{alias}' {AliasName.Rule}"] });

    public static Error NoVersion { get; } = Problems.Invalid(new Dictionary<string, string[]> { ["version"] = ["is missing."] });
}
