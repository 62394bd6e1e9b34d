using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Hosting.Paging;

namespace Platform.Registry.Models;

internal static class ModelEndpoints
{
    private const string ModelExample = """
        {"name":"credit","description":"Who pays back?","tags":{"team":"risk"},"gates":{"metrics":{"accuracy":{"atLeast":0.7}}},
         "createdAt":"2026-01-15T09:30:00Z","createdBy":"ann","latestVersion":"2","aliases":{"champion":"2"}}
        """;

    private const string ListExample = $$"""{"items":[{{ModelExample}}],"next":null}""";

    public static IServiceCollection AddModels(this IServiceCollection services) =>
        services.AddSingleton<ModelStore>().AddSingleton<RegisterModel>().AddSingleton<ChangeModel>();

    public static void MapModels(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/models", RegisterAsync)
            .RequirePermissionInHandler(Permission.Register).WithName("RegisterModel").WithActor().WithSummary("Registers a model: takes its name.")
            .WithDescription("A name is never given twice and never taken back. Gates say what a version must show before it is promoted.")
            .Produces<ModelDescription>(StatusCodes.Status201Created).WithLocation(StatusCodes.Status201Created).Refuses(ModelErrors.Exists("credit"))
            .WithRequestExample("""{"name":"credit","description":"Who pays back?","gates":{"metrics":{"accuracy":{"atLeast":0.7}}}}""")
            .WithResponseExample(StatusCodes.Status201Created, ModelExample);

        routes.MapGet("/models", ListAsync)
            .RequirePermissionInHandler(Permission.Observe).WithName("ListModels").WithSummary("Lists the models by name.")
            .WithDescription("In pages: pass next as after, until it is null.")
            .Produces<Page<ModelDescription>>().WithResponseExample(StatusCodes.Status200OK, ListExample);

        routes.MapGet("/models/{model}", GetAsync)
            .RequirePermission(Permission.Observe).WithName("GetModel").WithSummary("Describes a model and says which version each of its aliases names.")
            .Produces<ModelDescription>().Refuses(ModelErrors.NotFound("credit"))
            .WithResponseExample(StatusCodes.Status200OK, ModelExample);
    }

    private static async Task<IResult> RegisterAsync(
        RegisterModelRequest request, RegisterModel register, HttpContext context, CancellationToken cancellationToken) =>
        context.Deny(Permission.Register, request.Name) is { } denied ? Problems.From(denied) :
        (await register.HandleAsync(request, context.GetActor(), cancellationToken))
        .ToHttp(model => TypedResults.Created($"/v1/models/{model.Name}", model));

    private static async Task<IResult> ListAsync([AsParameters] PageQuery page, ModelStore models, HttpContext context, CancellationToken cancellationToken)
    {
        var found = await models.ListAsync(page.GetSize(), page.After, cancellationToken);
        return TypedResults.Ok(new Page<ModelDescription>([.. found.Items.Where(model => context.Permits(Permission.Observe, model.Name)).Select(ModelDescription.Of)], found.Next));
    }

    private static async Task<IResult> GetAsync(string model, ModelStore models, CancellationToken cancellationToken) =>
        (await models.FindAsync(model, cancellationToken)).ToHttp(found => TypedResults.Ok(ModelDescription.Of(found)));
}
