using Platform.Hosting.Errors;
using Platform.Registry.Models;

namespace Platform.Registry.Aliases;

internal static class AliasErrors
{
    public static Error NotFound(string model, string alias) =>
        new(StatusCodes.Status404NotFound, "registry.alias_not_found", $"The model '{model}' has no alias '{alias}'.");

    public static Error Protected { get; } = new(StatusCodes.Status409Conflict, "registry.alias_protected",
        "The alias 'champion' serves; it moves by promotion and roll-back only.");

    public static Error Invalid(string alias) =>
        Problems.Invalid(new Dictionary<string, string[]> { ["alias"] = [$"'{alias}' {AliasName.Rule}"] });

    public static Error NoVersion { get; } = Problems.Invalid(new Dictionary<string, string[]> { ["version"] = ["is missing."] });
}
