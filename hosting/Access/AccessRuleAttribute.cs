namespace Platform.Hosting.Access;

/// <summary>Who may call a route; metadata of its endpoint. The most specific one holds, and a route without one is denied to everybody.</summary>
public abstract class AccessRuleAttribute : Attribute
{
    private protected AccessRuleAttribute()
    {
    }
}

/// <summary>Anybody may, a caller whose key is not accepted as well.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class AllowAnybodyAttribute : AccessRuleAttribute
{
    /// <summary>Whether anything behind it wants to know who calls, asked for every request; null where that is always found out.</summary>
    public Func<bool>? AsksWho { get; init; }
}

/// <summary>The platform's own services may, and nobody else.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequireServiceAttribute : AccessRuleAttribute;

/// <summary>Who has one of these permissions may.</summary>
/// <param name="anyOf">One of them is enough.</param>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequirePermissionAttribute(params Permission[] anyOf) : AccessRuleAttribute
{
    /// <summary>One of them is enough.</summary>
    public IReadOnlyList<Permission> Permissions => anyOf;

    /// <summary>What the permission must be granted for.</summary>
    public PermissionScope Scope { get; init; } = PermissionScope.Route;

    /// <summary>The part of the route's path that names the model.</summary>
    public string Model { get; init; } = "model";

    /// <summary>As a refusal names them.</summary>
    internal string Names { get; } = PermissionNames.AnyOf(anyOf);
}

/// <summary>What a permission must be granted for.</summary>
public enum PermissionScope
{
    /// <summary>The <c>{model}</c> and the <c>{alias}</c> of the route's path; every model, and every alias, where the path names none.</summary>
    Route,

    /// <summary>
    /// Anything at all, of the <c>{model}</c> of the path where there is one. What the request is about shows later: the handler asks with
    /// <see cref="CallerContext.Deny"/>, or leaves out what <see cref="CallerContext.Permits"/> does not.
    /// </summary>
    Handler,
}
