using Platform.Contracts.Registry;

namespace Platform.Hosting.Access;

/// <summary>Who is asking, as it was proved: by a key, by a token, or as one of the platform's own services.</summary>
public sealed class Caller
{
    private readonly Grants _grants;

    private Caller(string name, Grants grants, CancellationToken ended)
    {
        (Name, _grants, Ended) = (name, grants, ended);
    }

    /// <summary>The actor in history, events and logs.</summary>
    public string Name { get; }

    /// <summary>Told when what proved the caller is revoked or expires: an answer that goes on must end then.</summary>
    public CancellationToken Ended { get; }

    /// <summary>Whose limits apply to it; null for who has not proved who it is.</summary>
    public string? Id { get; private init; }

    internal bool IsService { get; private init; }

    /// <summary>Everybody, where nobody is asked.</summary>
    internal static Caller Everybody { get; } = new("anonymous", Grants.Everything, CancellationToken.None) { IsService = true };

    /// <summary>Who has not proved who it is, on a route that anybody may call.</summary>
    internal static Caller Stranger { get; } = new("anonymous", Grants.None, CancellationToken.None);

    /// <summary>The holder of a key or token.</summary>
    /// <param name="id">Tells it from every other caller.</param>
    /// <param name="name">Its name for the record.</param>
    /// <param name="permissions">What it may do.</param>
    /// <param name="ended">Told when that is over.</param>
    internal static Caller Holder(string id, string name, IEnumerable<PermissionGrant> permissions, CancellationToken ended) =>
        new(name, new Grants(permissions), ended) { Id = id };

    /// <summary>One of the platform's services, which may see everything and change nothing.</summary>
    internal static Caller Service(string name) =>
        new($"service:{name}", new Grants([new PermissionGrant { Permission = PermissionNames.NameOf(Permission.Observe) }]), CancellationToken.None)
        {
            Id = $"service:{name}", IsService = true,
        };

    /// <summary>Whether the caller may do this with the model, or with every model where none is named; of aliases the same.</summary>
    public bool Permits(Permission permission, string? model = null, string? alias = null) => _grants.Allow(permission, model, alias);

    internal bool PermitsSome(Permission permission, string? model) => _grants.AllowSome(permission, model);
}
