using Platform.Contracts.Registry;
using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.Keys;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Paging;

namespace Platform.Registry.Keys;

internal static class KeyEndpoints
{
    private const string Grants = """[{"permission":"promote","models":["credit"],"aliases":["challenger"]},{"permission":"observe","models":null,"aliases":null}]""";
    private const string Known = $$"""{"id":"0198c5d2-7d0a-7c3e-9a54-2f1c5b7a9e10","name":"nightly retraining","permissions":{{Grants}},"createdAt":"2026-01-15T09:30:00Z",""";

    public static IServiceCollection AddKeys(this IServiceCollection services)
    {
        services.AddOptions<KeyOptions>().BindConfiguration("Access").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<KeyStore>().AddSingleton<CreateKey>().AddSingleton<BootstrapKey>();
        services.AddSingleton<StoredKeys>().AddSingleton<IKeySource>(provider => provider.GetRequiredService<StoredKeys>());
        return services;
    }

    public static void MapKeys(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/keys", CreateAsync)
            .RequirePermission(Permission.Manage).WithName("CreateKey").WithActor().WithSummary("Makes a key. It is shown once, in this answer, and kept as a hash.")
            .WithDescription("A permission is granted for every model, or for those that are named, and promote for every alias, or for those that are named.")
            .Produces<CreatedKey>(StatusCodes.Status201Created).Refuses(KeyErrors.TooMany(10_000))
            .WithRequestExample($$"""{"name":"nightly retraining","permissions":{{Grants}},"expiresAt":"2027-01-15T09:30:00Z"}""")
            .WithResponseExample(StatusCodes.Status201Created, $$"""{{Known}}"key":"plat_Zm9yIHNob3cgb25seSwgbm90IGEga2V5IGF0IGFsbCE","expiresAt":"2027-01-15T09:30:00Z"}""");

        routes.MapGet("/keys", ListAsync)
            .RequirePermission(Permission.Manage).WithName("ListKeys").WithSummary("Lists the keys with what they allow and when they were used last, expired ones too.")
            .WithDescription("In pages: pass next as after, until it is null.")
            .Produces<Page<KeyView>>().WithResponseExample(StatusCodes.Status200OK,
                $$"""{"items":[{{Known}}"createdBy":"bootstrap","expiresAt":"2027-01-15T09:30:00Z","lastUsedAt":"2026-01-16T02:00:00Z"}],"next":null}""");

        routes.MapDelete("/keys/{id}", RevokeAsync)
            .RequirePermission(Permission.Manage).WithName("RevokeKey").WithActor().WithSummary("Revokes a key: within seconds no service takes it any more, and streams that it opened end.")
            .Produces(StatusCodes.Status204NoContent).Refuses(KeyErrors.NotFound("0198c5d2-7d0a-7c3e-9a54-2f1c5b7a9e10"));

        routes.MapGet("/keys/snapshot", ReadAsync)
            .RequireService().WithName("GetKeySnapshot").WithSummary("Every key that counts, by its hash: what the other services agree with.")
            .Produces<KeySnapshot>().WithResponseExample(StatusCodes.Status200OK, $$"""
                {"items":[{"id":"0198c5d2-7d0a-7c3e-9a54-2f1c5b7a9e10","name":"nightly retraining",
                 "sha256":"9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08","permissions":{{Grants}},"expiresAt":"2027-01-15T09:30:00Z"}]}
                """);

        routes.MapPost("/keys/uses", UseAsync)
            .RequireService().WithName("TellKeyUses").WithSummary("Takes from the other services when keys were used last.")
            .Produces(StatusCodes.Status204NoContent)
            .WithRequestExample("""[{"id":"0198c5d2-7d0a-7c3e-9a54-2f1c5b7a9e10","lastUsedAt":"2026-01-16T02:00:00Z"}]""");
    }

    private static async Task<IResult> CreateAsync(CreateKeyRequest request, CreateKey create, HttpContext context, CancellationToken cancellationToken)
    {
        context.Response.Headers.CacheControl = "no-store";
        return (await create.HandleAsync(request, context.GetActor(), cancellationToken)).ToHttp(key => TypedResults.Created($"/v1/keys/{key.Id}", key));
    }

    private static async Task<IResult> ListAsync([AsParameters] PageQuery page, KeyStore keys, CancellationToken cancellationToken) =>
        TypedResults.Ok(await keys.ListAsync(page.GetSize(), page.After, cancellationToken));

    private static async Task<IResult> RevokeAsync(string id, KeyStore keys, HttpContext context, CancellationToken cancellationToken) =>
        await keys.RemoveAsync(id, context.GetActor(), cancellationToken) ? TypedResults.NoContent() : Problems.From(KeyErrors.NotFound(id));

    private static async Task<IResult> ReadAsync(StoredKeys keys, CancellationToken cancellationToken) =>
        TypedResults.Ok(await keys.DescribeAsync(cancellationToken));

    private static async Task<IResult> UseAsync(IReadOnlyList<KeyUse> uses, StoredKeys keys, CancellationToken cancellationToken)
    {
        await keys.TellAsync(uses, cancellationToken);
        return TypedResults.NoContent();
    }
}
