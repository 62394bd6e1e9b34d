using System.Globalization;
using Platform.Hosting.Access;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Artifacts;

internal static class MLflowArtifactEndpoints
{
    private const string Folder = "/mlflow-artifacts";

    public static void AddMLflowArtifacts(this IServiceCollection services)
    {
        services.AddOptions<ArtifactOptions>().BindConfiguration("Registry:MLflow:Artifacts").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<ArtifactTree>().AddSingleton<ArtifactProxy>().AddSingleton<MultipartUploads>().AddSingleton<EntityArtifacts>().AddSingleton<ArtifactAddresses>();
    }

    public static void MapMLflowArtifacts(this IEndpointRouteBuilder routes)
    {
        new MLflowRoutes(routes, Folder)
            .Raw(HttpMethods.Put, "/artifacts/{**path}", context => Proxy(context).UploadAsync(context, PathOf(context)), isSigned: true)
            .Raw(HttpMethods.Get, "/artifacts/{**path}", GetAsync, isSigned: true)
            .Raw(HttpMethods.Delete, "/artifacts/{**path}", DeleteAsync)
            .Raw(HttpMethods.Get, "/presigned/{**path}", PresignAsync)
            .Raw(HttpMethods.Post, "/mpu/create/{**path}", CreateUploadAsync)
            .Raw(HttpMethods.Put, "/mpu/parts/{upload}/{number:int}", PutPartAsync, isSigned: true)
            .Raw(HttpMethods.Post, "/mpu/complete/{**path}", CompleteUploadAsync)
            .Raw(HttpMethods.Post, "/mpu/abort/{**path}", AbortUploadAsync);

        new MLflowRoutes(routes)
            .Get<EntityArtifacts, ListRunArtifacts>("/artifacts/list", (artifacts, request, call) => artifacts.ListOfRunAsync(request, call))
            .Get<EntityArtifacts, ListModelArtifacts>("/logged-models/{model_id}/artifacts/directories", (artifacts, request, call) => artifacts.ListOfModelAsync(request, call))
            .Raw(HttpMethods.Get, "/logged-models/{model_id}/artifacts/files", GetOfModelAsync)
            .Raw(HttpMethods.Post, "/artifacts/presigned-upload-url", context => PresignEntityAsync(context, mustExist: false))
            .Raw(HttpMethods.Post, "/artifacts/presigned-download-url", context => PresignEntityAsync(context, mustExist: true))
            .Raw(HttpMethods.Post, "/upload-artifact", UploadToRunAsync);

        routes.MapGet("/get-artifact", context => MLflowRoutes.AnswerAsync(context, GetOfRunAsync)).RequirePermission(Permission.Observe).ExcludeFromDescription();
    }

    /// <summary>The file, or what lies in a folder where the query asks for that.</summary>
    private static async Task<IResult> GetAsync(HttpContext context)
    {
        if (PathOf(context) is { Length: > 0 } path) return await Proxy(context).DownloadAsync(context, path);
        var folder = ArtifactPath.Check(context.Request.Query["path"].ToString());
        return Json(await Entities(context).ListAsync(folder, context.RequestAborted));
    }

    private static async Task<IResult> DeleteAsync(HttpContext context)
    {
        await context.RequestServices.GetRequiredService<ArtifactTree>().DeleteAsync(ArtifactPath.CheckFile(PathOf(context)), context.RequestAborted);
        return Json(MLflowRoutes.Nothing);
    }

    private static async Task<IResult> GetOfRunAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var path = await Entities(context).PathOfRunAsync(query["run_id"].ToString().OrNull() ?? query["run_uuid"], query["path"], context.RequestAborted);
        return await Proxy(context).DownloadAsync(context, path);
    }

    private static async Task<IResult> GetOfModelAsync(HttpContext context)
    {
        var file = context.Request.Query["artifact_file_path"].ToString().OrNull()
            ?? throw new MLflowException("BAD_REQUEST", "Request must include the \"artifact_file_path\" query parameter.");
        var path = await Entities(context).PathOfModelAsync(context.GetRouteValue("model_id")?.ToString(), file, context.RequestAborted);
        return await Proxy(context).DownloadAsync(context, path);
    }

    private static async Task<IResult> UploadToRunAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var run = query["run_uuid"].ToString().OrNull() ?? throw MLflowException.Invalid("Request must specify run_uuid.");
        var file = query["path"].ToString().OrNull() ?? throw MLflowException.Invalid("Request must specify path.");
        return await Proxy(context).UploadAsync(context, await Entities(context).PathOfRunAsync(run, file, context.RequestAborted));
    }

    private static async Task<IResult> PresignAsync(HttpContext context)
    {
        var path = ArtifactPath.CheckFile(PathOf(context));
        var entry = await FindAsync(context, path);
        return Json(new PresignedUrl(Addresses(context).ToRead(context, path), NoHeaders, entry.SizeBytes));
    }

    private static async Task<IResult> PresignEntityAsync(HttpContext context, bool mustExist)
    {
        var request = await MLflowRequest.ReadAsync<PresignArtifact>(context.Request, context.RequestAborted);
        var file = ArtifactPath.CheckFile(MLflowRequest.Required(request.Path, "path"));
        var path = request.ModelId.OrNull() is { } model
            ? await Entities(context).PathOfModelAsync(model, file, context.RequestAborted)
            : await Entities(context).PathOfRunAsync(request.RunId, file, context.RequestAborted);
        var size = mustExist ? (await FindAsync(context, path)).SizeBytes : null;
        var url = mustExist ? Addresses(context).ToRead(context, path, request.Expiration) : Addresses(context).ToWrite(context, path, request.Expiration);
        return Json(new PresignedArtifact(url, NoHeaders, size));
    }

    private static async Task<IResult> CreateUploadAsync(HttpContext context)
    {
        var request = await MLflowRequest.ReadAsync<CreateUpload>(context.Request, context.RequestAborted, withRoute: false);
        var (upload, parts) = await Uploads(context).CreateAsync(PathOf(context), request, context.RequestAborted);
        return Json(new CreatedUpload(upload, [.. Enumerable.Range(1, parts).Select(number =>
            new UploadCredential(Addresses(context).OfPart(context, upload, number), number, NoHeaders))]));
    }

    private static async Task<IResult> PutPartAsync(HttpContext context)
    {
        var number = int.Parse(context.GetRouteValue("number")!.ToString()!, CultureInfo.InvariantCulture);
        context.Response.Headers.ETag = await Uploads(context).PutPartAsync(context.GetRouteValue("upload")!.ToString()!, number, context);
        return Json(MLflowRoutes.Nothing);
    }

    private static async Task<IResult> CompleteUploadAsync(HttpContext context)
    {
        var request = await MLflowRequest.ReadAsync<CompleteUpload>(context.Request, context.RequestAborted, withRoute: false);
        await Uploads(context).CompleteAsync(PathOf(context), request, context.RequestAborted);
        return Json(MLflowRoutes.Nothing);
    }

    private static async Task<IResult> AbortUploadAsync(HttpContext context)
    {
        var request = await MLflowRequest.ReadAsync<CompleteUpload>(context.Request, context.RequestAborted, withRoute: false);
        await Uploads(context).AbortAsync(PathOf(context), request, context.RequestAborted);
        return Json(MLflowRoutes.Nothing);
    }

    private static IReadOnlyDictionary<string, string> NoHeaders { get; } = new Dictionary<string, string>();

    private static async Task<ArtifactEntry> FindAsync(HttpContext context, string path) =>
        await context.RequestServices.GetRequiredService<ArtifactTree>().FindAsync(path, context.RequestAborted) is { IsDir: false } entry
            ? entry
            : throw MLflowException.NotFound($"There is no artifact '{path}' here.");

    private static string PathOf(HttpContext context) => context.GetRouteValue("path")?.ToString() ?? "";

    private static IResult Json(object answer) => Results.Json(answer, MLflowJson.Options);

    private static ArtifactProxy Proxy(HttpContext context) => context.RequestServices.GetRequiredService<ArtifactProxy>();

    private static MultipartUploads Uploads(HttpContext context) => context.RequestServices.GetRequiredService<MultipartUploads>();

    private static ArtifactAddresses Addresses(HttpContext context) => context.RequestServices.GetRequiredService<ArtifactAddresses>();

    private static EntityArtifacts Entities(HttpContext context) => context.RequestServices.GetRequiredService<EntityArtifacts>();
}
