using Platform.Hosting.Errors;

namespace Platform.Hosting.Access;

/// <summary>Says of routes who may call them; of gRPC services and their methods, attributes say the same.</summary>
public static class RoutePermissions
{
    /// <summary>Needs one of the permissions for the <c>{model}</c> and the <c>{alias}</c> of the path; for all where the path names none.</summary>
    public static T RequirePermission<T>(this T routes, params Permission[] anyOf) where T : IEndpointConventionBuilder =>
        routes.WithMetadata(new RequirePermissionAttribute(anyOf));

    /// <summary>The same, where another part of the path names the model.</summary>
    public static T RequirePermissionOn<T>(this T routes, string model, params Permission[] anyOf) where T : IEndpointConventionBuilder =>
        routes.WithMetadata(new RequirePermissionAttribute(anyOf) { Model = model });

    /// <summary>Needs one of the permissions for something; for what, the handler asks (<see cref="PermissionScope.Handler"/>).</summary>
    public static T RequirePermissionInHandler<T>(this T routes, params Permission[] anyOf) where T : IEndpointConventionBuilder =>
        routes.WithMetadata(new RequirePermissionAttribute(anyOf) { Scope = PermissionScope.Handler });

    /// <summary>Does this, too, before a caller is told that it has not the permission; one that has not proved who it is does not count.</summary>
    public static T OnDenial<T>(this T routes, Func<HttpContext, Error, Task> react) where T : IEndpointConventionBuilder =>
        routes.WithMetadata(new DenialReaction(react));

    /// <summary>Lets in, beside who has the permission, who comes by an address that was signed for this (<see cref="SignedAddresses"/>).</summary>
    public static T TakeSignedAddresses<T>(this T routes) where T : IEndpointConventionBuilder => routes.WithMetadata(SignedAddresses.Taken.Instance);

    /// <summary>For the platform's own services alone.</summary>
    public static T RequireService<T>(this T routes) where T : IEndpointConventionBuilder => routes.WithMetadata(new RequireServiceAttribute());

    /// <summary>For anybody, without a key. Who calls is found out where <paramref name="asksWho"/> says so, and always without it.</summary>
    public static T AllowAnybody<T>(this T routes, Func<bool>? asksWho = null) where T : IEndpointConventionBuilder =>
        routes.WithMetadata(new AllowAnybodyAttribute { AsksWho = asksWho });
}
