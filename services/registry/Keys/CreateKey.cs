using System.ComponentModel.DataAnnotations;
using Platform.Contracts.Registry;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.Keys;
using Platform.Hosting.OpenApi;
using Platform.Registry.Models;
using Platform.Registry.Requests;

namespace Platform.Registry.Keys;

/// <summary>The body of <c>POST /v1/keys</c>.</summary>
/// <param name="Name">Whose it is, 1 to 100 characters: the actor in history, events and logs.</param>
/// <param name="Permissions">What it allows.</param>
/// <param name="ExpiresAt">When it ends; never when absent.</param>
internal sealed record CreateKeyRequest(
    [property: Required] string? Name, [property: Required] IReadOnlyList<GrantRequest>? Permissions, DateTimeOffset? ExpiresAt = null);

/// <summary>One thing that a key allows.</summary>
/// <param name="Permission">observe, infer, label, explain, register, promote or manage.</param>
/// <param name="Models">The models for which it is granted; every model when absent.</param>
/// <param name="Aliases">Of promote, the aliases that may be moved; every alias when absent.</param>
internal sealed record GrantRequest(
    [property: Required, OneOf(typeof(PermissionNames), nameof(PermissionNames.All))] string? Permission,
    IReadOnlyList<string>? Models = null, IReadOnlyList<string>? Aliases = null);

/// <summary>Makes a key.</summary>
internal sealed class CreateKey(KeyStore keys, TimeProvider time)
{
    private const int MostKeys = 10_000;
    private const int LongestName = 100;
    private const int MostNames = 1000;

    public async Task<Result<CreatedKey>> HandleAsync(CreateKeyRequest request, string actor, CancellationToken cancellationToken)
    {
        var problems = Check(request);
        if (problems.Any) return problems.ToError();
        if ((await keys.ReadAllAsync(cancellationToken)).Count >= MostKeys) return KeyErrors.TooMany(MostKeys);

        var (now, secret) = (time.GetUtcNow(), KeyFormat.Create());
        var key = new AccessKey
        {
            Id = Guid.CreateVersion7(now).ToString(),
            Name = request.Name!,
            Sha256 = KeyFormat.Digest(secret),
            Permissions = [.. request.Permissions!.Select(grant => new PermissionGrant { Permission = grant.Permission!, Models = grant.Models, Aliases = grant.Aliases })],
            CreatedAt = now,
            CreatedBy = actor,
            ExpiresAt = request.ExpiresAt,
        };
        if (!await keys.TryPutAsync(key, expectedRevision: 0, cancellationToken)) throw new InvalidOperationException("A new id is in use.");
        return new CreatedKey(key.Id, key.Name, secret, key.Permissions, key.CreatedAt, key.ExpiresAt);
    }

    private FieldProblems Check(CreateKeyRequest request)
    {
        var problems = new FieldProblems();
        problems.Require("name", request.Name is { Length: > 0 and <= LongestName } name && !name.Any(char.IsControl) && name == name.Trim(),
            $"must be 1 to {LongestName} characters, with no blank at either end.");
        problems.Require("expiresAt", request.ExpiresAt is not { } end || end > time.GetUtcNow(), "must lie in the future.");
        problems.Require("permissions", request.Permissions is { Count: > 0 and <= MostNames }, "must name what the key allows.");
        foreach (var (index, grant) in (request.Permissions ?? []).Index()) Check(problems, $"permissions[{index}]", grant);
        return problems;
    }

    private static void Check(FieldProblems problems, string field, GrantRequest? grant)
    {
        problems.Require($"{field}.permission", PermissionNames.Find(grant?.Permission) is not null, $"must be one of {string.Join(", ", PermissionNames.All)}.");
        CheckNames(problems, $"{field}.models", grant?.Models, ModelName.IsValid, ModelName.Rule);
        CheckNames(problems, $"{field}.aliases", grant?.Aliases, AliasName.IsValid, AliasName.Rule);
        problems.Require($"{field}.aliases", grant?.Aliases is null || grant.Permission == PermissionNames.NameOf(Permission.Promote),
            "only promote is granted by alias.");
    }

    // An empty list would read as nothing here and as everything there.
    private static void CheckNames(FieldProblems problems, string field, IReadOnlyList<string>? names, Func<string?, bool> isValid, string rule)
    {
        problems.Require(field, names is null or { Count: > 0 and <= MostNames }, $"must be 1 to {MostNames} names, or left out.");
        if (names is not null && !names.All(isValid)) problems.Add(field, rule);
    }
}
