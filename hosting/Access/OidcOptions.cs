using System.ComponentModel.DataAnnotations;
using Platform.Contracts.Registry;

namespace Platform.Hosting.Access;

/// <summary>An identity provider whose tokens are accepted beside keys; section <c>Access:Oidc</c>.</summary>
public sealed class OidcOptions : IValidatableObject
{
    /// <summary>Its issuer's address, below which <c>.well-known/openid-configuration</c> is (OpenID Connect Discovery 1.0); tokens are not accepted when it is not set.</summary>
    public string? Authority { get; init; }

    /// <summary>Whom a token must be meant for (its claim <c>aud</c>).</summary>
    public string? Audience { get; init; }

    /// <summary>Whether the provider must be asked over HTTPS.</summary>
    public bool RequireHttps { get; init; } = true;

    /// <summary>The claim that names the actor in history, events and logs.</summary>
    public string NameClaim { get; init; } = "sub";

    /// <summary>The claim with the caller's roles: a text, several separated by blanks, or a list.</summary>
    public string RoleClaim { get; init; } = "roles";

    /// <summary>What each role allows. A role that is not listed allows nothing.</summary>
    public Dictionary<string, List<RoleGrant>> Roles { get; init; } = [];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (Authority is null) yield break;
        if (!Uri.TryCreate(Authority, UriKind.Absolute, out var address) || !(address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && !RequireHttps)))
            yield return new ValidationResult($"Access:Oidc:Authority: '{Authority}' is no https address.", [nameof(Authority)]);
        if (string.IsNullOrEmpty(Audience))
            yield return new ValidationResult("Access:Oidc:Audience is missing: a token that is meant for somebody else would be accepted.", [nameof(Audience)]);
        foreach (var (role, grants) in Roles)
            foreach (var grant in grants.Where(grant => PermissionNames.Find(grant.Permission) is null))
                yield return new ValidationResult(
                    $"Access:Oidc:Roles:{role}: '{grant.Permission}' is none of {string.Join(", ", PermissionNames.All)}.", [nameof(Roles)]);
    }
}

/// <summary>One thing that a role allows; the same as of a key.</summary>
public sealed class RoleGrant
{
    /// <inheritdoc cref="PermissionGrant.Permission" />
    public string Permission { get; init; } = "";

    /// <inheritdoc cref="PermissionGrant.Models" />
    public List<string>? Models { get; init; }

    /// <inheritdoc cref="PermissionGrant.Aliases" />
    public List<string>? Aliases { get; init; }

    internal PermissionGrant ToGrant() => new() { Permission = Permission, Models = Models, Aliases = Aliases };
}
