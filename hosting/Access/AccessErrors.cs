using Platform.Hosting.Errors;

namespace Platform.Hosting.Access;

internal static class AccessErrors
{
    public static Error UnknownHost { get; } = new(StatusCodes.Status421MisdirectedRequest, "access.host",
        "The platform does not answer under this host name; the setting Access:Hosts lists those that it does.");

    public static Error CrossSite { get; } = new(StatusCodes.Status403Forbidden, "access.cross_site",
        "A page of another site may not ask for this; the setting Access:Origins lists the origins that may.");
}
