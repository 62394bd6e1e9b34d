using Platform.Contracts.Registry;

namespace Platform.Hosting.Access;

/// <summary>The names of permissions on the wire.</summary>
public static class PermissionNames
{
    private static readonly Permission[] Permissions = Enum.GetValues<Permission>();

    private static readonly string[] Names = [.. Permissions.Select(permission => permission.ToString().ToLowerInvariant())];

    /// <summary>Every name, in the order of <see cref="Permission"/>.</summary>
    public static IReadOnlyList<string> All => Names;

    /// <summary>Each permission for every model and alias.</summary>
    public static IReadOnlyList<PermissionGrant> Everything { get; } = [.. Names.Select(name => new PermissionGrant { Permission = name })];

    /// <summary>The name of a permission.</summary>
    public static string NameOf(Permission permission) => Names[(int)permission];

    /// <summary>Several, as a refusal names them.</summary>
    internal static string AnyOf(IEnumerable<Permission> permissions) => string.Join(" or ", permissions.Select(NameOf));

    /// <summary>The permission of a name; null for one that this build does not know.</summary>
    public static Permission? Find(string? name) => Array.IndexOf(Names, name) is >= 0 and var index ? Permissions[index] : null;
}
