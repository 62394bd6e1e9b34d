using Platform.Hosting.Errors;

namespace Platform.Hosting.Access;

internal static class AccessErrors
{
    public static Error UnknownHost { get; } = new(StatusCodes.Status421MisdirectedRequest, "access.host",
        "The platform does not answer under this host name; the setting Access:Hosts lists those that it does.");

    public static Error CrossSite { get; } = new(StatusCodes.Status403Forbidden, "access.cross_site",
        "A page of another site may not ask for this; the setting Access:Origins lists the origins that may.");

    public static Error Unauthenticated { get; } = new(StatusCodes.Status401Unauthorized, "access.unauthenticated",
        "This needs a key, in the header Authorization: Bearer KEY, or basic with the key as password.");

    public static Error NotAccepted { get; } = Unauthenticated with { Detail = "What the header Authorization holds is not accepted: it is unknown here, revoked or expired." };

    public static Error AddressRefused { get; } = new(StatusCodes.Status401Unauthorized, "access.address_refused",
        "The address was not signed here for this, or its time is over. Ask for another one.");

    public static Error Denied(string permission, string? model, string? alias) => new(StatusCodes.Status403Forbidden, "access.denied",
        $"This needs the permission {permission}{Of(model, alias)}, which the caller does not have.");

    public static Error NoPermission { get; } = new(StatusCodes.Status403Forbidden, "access.denied", "No permission gives access to this.");

    public static Error ServicesOnly { get; } = new(StatusCodes.Status403Forbidden, "access.denied", "Only the platform's own services may ask for this.");

    public static Error KeysUnknown { get; } = new(StatusCodes.Status503ServiceUnavailable, "access.keys_unavailable",
        "The keys have not been read from the registry yet. Try again in a moment.");

    public static Error ProviderUnavailable { get; } = new(StatusCodes.Status503ServiceUnavailable, "access.provider_unavailable",
        "The identity provider's keys could not be read, so its tokens cannot be verified. Try again in a moment.");

    private static string Of(string? model, string? alias) => (model, alias) switch
    {
        (null, null) => "",
        (_, null) => $" for the model '{model}'",
        (null, _) => $" for the alias '{alias}'",
        _ => $" for the model '{model}' and the alias '{alias}'",
    };
}
