using Platform.Contracts.Registry;

namespace Platform.Hosting.Access;

/// <summary>What a caller may do, read once so that asking costs next to nothing.</summary>
internal sealed class Grants
{
    private readonly uint _everywhere;
    private readonly uint _somewhere;
    private readonly Bound[] _bounds;

    /// <summary>A permission that this build does not know grants nothing.</summary>
    public Grants(IEnumerable<PermissionGrant> grants)
    {
        var known = grants.Select(grant => (Permission: PermissionNames.Find(grant.Permission), grant.Models, grant.Aliases))
            .Where(grant => grant.Permission is not null).Select(grant => new Bound(grant.Permission!.Value, grant.Models, grant.Aliases)).ToList();
        _bounds = [.. known.Where(bound => !bound.IsWhole)];
        foreach (var bound in known)
        {
            _somewhere |= Bit(bound.Permission);
            if (bound.IsWhole) _everywhere |= Bit(bound.Permission);
        }
    }

    public static Grants Everything { get; } = new(PermissionNames.Everything);

    public static Grants None { get; } = new([]);

    /// <summary>Whether it is granted for this model, or for all where none is named, and for this alias, or for all.</summary>
    public bool Allow(Permission permission, string? model, string? alias)
    {
        if ((_everywhere & Bit(permission)) != 0) return true;
        if ((_somewhere & Bit(permission)) == 0) return false;
        foreach (var bound in _bounds)
            if (bound.Permission == permission && bound.IsModel(model) && bound.IsAlias(alias)) return true;
        return false;
    }

    /// <summary>Whether it is granted for anything of this model, or for anything at all where none is named.</summary>
    public bool AllowSome(Permission permission, string? model)
    {
        if ((_somewhere & Bit(permission)) == 0) return false;
        if (model is null || (_everywhere & Bit(permission)) != 0) return true;
        foreach (var bound in _bounds)
            if (bound.Permission == permission && bound.IsModel(model)) return true;
        return false;
    }

    private static uint Bit(Permission permission) => 1u << (int)permission;

    private sealed class Bound(Permission permission, IReadOnlyList<string>? models, IReadOnlyList<string>? aliases)
    {
        public Permission Permission => permission;

        public bool IsWhole => models is null && aliases is null;

        public bool IsModel(string? model) => models is null || (model is not null && models.Contains(model));

        public bool IsAlias(string? alias) => aliases is null || (alias is not null && aliases.Contains(alias));
    }
}
