using Platform.Hosting.Errors;

namespace Platform.Registry.Keys;

internal static class KeyErrors
{
    public static Error NotFound(string id) => new(StatusCodes.Status404NotFound, "access.key_not_found", $"There is no key '{id}'.");

    public static Error TooMany(int most) => new(StatusCodes.Status409Conflict, "access.too_many_keys",
        $"There are {most} keys already; revoke some, expired ones too.");
}
