using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;

namespace Platform.Registry.MLflow.Protocol;

/// <summary>
/// Maps MLflow's routes, each below both of its prefixes: the API's, and that of MLflow's own pages. They are MLflow's to describe, and so stay
/// out of the platform's description.
/// </summary>
/// <param name="routes">Where they are mapped.</param>
/// <param name="folder">What their paths begin with, below the prefixes.</param>
/// <param name="write">What changing something needs, but for an alias.</param>
/// <param name="onDeniedPromotion">What is done when somebody may not move an alias.</param>
internal sealed class MLflowRoutes(
    IEndpointRouteBuilder routes, string folder = "/mlflow", Permission write = Permission.Register, Func<HttpContext, Error, Task>? onDeniedPromotion = null)
{
    private static readonly string[] PostedReads = ["/search", "/get-latest-versions", "/presigned-download-url"];
    private static readonly string[] Promotions = ["/registered-models/alias", "/model-versions/transition-stage"];
    private static readonly string[] Prefixes = ["/api/2.0", "/ajax-api/2.0"];

    /// <summary>An answer of nothing: <c>{}</c>.</summary>
    public static object Nothing { get; } = new();

    public MLflowRoutes Get<TService, TRequest>(string path, Func<TService, TRequest, MLflowCall, Task<object>> answer) where TService : notnull =>
        Map(HttpMethods.Get, path, answer);

    public MLflowRoutes Post<TService, TRequest>(string path, Func<TService, TRequest, MLflowCall, Task<object>> answer) where TService : notnull =>
        Map(HttpMethods.Post, path, answer);

    public MLflowRoutes Patch<TService, TRequest>(string path, Func<TService, TRequest, MLflowCall, Task<object>> answer) where TService : notnull =>
        Map(HttpMethods.Patch, path, answer);

    public MLflowRoutes Delete<TService, TRequest>(string path, Func<TService, TRequest, MLflowCall, Task<object>> answer) where TService : notnull =>
        Map(HttpMethods.Delete, path, answer);

    /// <summary>A route that writes its answer itself; <paramref name="isSigned"/> where clients also come by an address that was signed for them.</summary>
    public MLflowRoutes Raw(string method, string path, Func<HttpContext, Task<IResult>> answer, bool isSigned = false)
    {
        foreach (var prefix in Prefixes)
        {
            var permission = PermissionFor(method, path);
            var route = routes.MapMethods(prefix + folder + path, [method], context => AnswerAsync(context, answer))
                .RequirePermission(permission).ExcludeFromDescription();
            if (isSigned) route.TakeSignedAddresses();
            if (permission == Permission.Promote && onDeniedPromotion is not null) route.OnDenial(onDeniedPromotion);
        }

        return this;
    }

    private Permission PermissionFor(string method, string path)
    {
        if (write == Permission.Manage) return write; // webhooks hold addresses: whoever reads them, too
        if (method == HttpMethods.Get || PostedReads.Any(path.EndsWith)) return Permission.Observe;
        return Promotions.Contains(path) ? Permission.Promote : write;
    }

    /// <summary>Answers a request, or refuses it in MLflow's form.</summary>
    public static async Task AnswerAsync(HttpContext context, Func<HttpContext, Task<IResult>> answer)
    {
        IResult result;
        try
        {
            result = await answer(context);
        }
        catch (MLflowException refusal)
        {
            result = Problems.From(refusal.ToError());
        }

        await result.ExecuteAsync(context);
    }

    private MLflowRoutes Map<TService, TRequest>(string method, string path, Func<TService, TRequest, MLflowCall, Task<object>> answer)
        where TService : notnull => Raw(method, path, async context =>
    {
        var request = await MLflowRequest.ReadAsync<TRequest>(context.Request, context.RequestAborted);
        var call = new MLflowCall(context.GetActor(), context.RequestAborted);
        return Results.Json(await answer(context.RequestServices.GetRequiredService<TService>(), request, call), MLflowJson.Options);
    });
}

/// <summary>Who asks, and until when.</summary>
internal sealed record MLflowCall(string Actor, CancellationToken Cancellation);
