using System.Net.Http.Headers;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Platform.Contracts.Registry;
using Platform.Hosting.Access;
using Platform.Hosting.Keys;

namespace Platform.TestKit.Api;

/// <summary>A key that may do everything, and the secret of a service's process, for tests of something else.</summary>
public static class TestKey
{
    /// <summary>The key.</summary>
    public static string Value { get; } = KeyFormat.Create();

    /// <summary>The key as a header.</summary>
    public static AuthenticationHeaderValue Header { get; } = new("Bearer", Value);

    /// <summary>What a service's process must be told, to take it where the registry is a process, or a stub with <see cref="MapTestKey"/>.</summary>
    public static IReadOnlyList<KeyValuePair<string, string?>> Settings { get; } =
        [new("Access:ServiceSecret", RandomNumberGenerator.GetHexString(64)), new("Access:BootstrapKey", Value)];

    /// <summary>Has a stub of the registry know the key, and those of the test's own that there are when it is asked.</summary>
    public static void MapTestKey(this IEndpointRouteBuilder routes, Func<IEnumerable<KeyDescription>>? others = null)
    {
        var key = new KeyDescription { Id = "test", Name = "test", Sha256 = KeyFormat.Digest(Value), Permissions = PermissionNames.Everything };
        routes.MapGet("/v1/keys/snapshot", () => new KeySnapshot { Items = [key, .. others?.Invoke() ?? []] });
        routes.MapPost("/v1/keys/uses", () => Results.NoContent());
    }
}
