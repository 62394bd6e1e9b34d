using Platform.Hosting.Access;
using Platform.Registry.MLflow.Artifacts;
using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.Registration;

internal static class RegistrationEndpoints
{
    public static void AddRegistration(this IServiceCollection services) => services
        .AddSingleton<RegistryLookup>().AddSingleton<RegisteredModels>().AddSingleton<ModelVersions>().AddSingleton<RegistrySearch>()
        .AddSingleton<VersionSource>().AddSingleton<PackageReader>().AddSingleton<PackagePacking>().AddSingleton<VersionFromArtifacts>().AddSingleton<UploadedFolder>();

    public static void MapRegistration(this MLflowRoutes routes)
    {
        routes.MapRegisteredModels();
        routes.MapModelVersions();
    }

    /// <summary>The file of a version, as MLflow's pages ask for it.</summary>
    public static void MapVersionFiles(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/model-versions/get-artifact", context => MLflowRoutes.AnswerAsync(context, GetFileAsync)).RequirePermission(Permission.Observe).ExcludeFromDescription();

    private static void MapRegisteredModels(this MLflowRoutes routes) => routes
        .Post<RegisteredModels, CreateRegisteredModel>("/registered-models/create", (models, request, call) => models.CreateAsync(request, call))
        .Post<RegisteredModels, RenameRegisteredModel>("/registered-models/rename", (models, request, call) => models.RenameAsync(request, call))
        .Patch<RegisteredModels, UpdateRegisteredModel>("/registered-models/update", (models, request, call) => models.UpdateAsync(request, call))
        .Delete<RegisteredModels, OfRegisteredModel>("/registered-models/delete", (models, request, call) => models.DeleteAsync(request, call))
        .Get<RegisteredModels, OfRegisteredModel>("/registered-models/get", (models, request, call) => models.GetAsync(request, call))
        .Get<RegistrySearch, SearchRegistry>("/registered-models/search", (search, request, call) => search.ModelsAsync(request, call.Cancellation))
        .Post<RegisteredModels, GetLatestVersions>("/registered-models/get-latest-versions", (models, request, call) => models.LatestVersionsAsync(request, call))
        .Get<RegisteredModels, GetLatestVersions>("/registered-models/get-latest-versions", (models, request, call) => models.LatestVersionsAsync(request, call))
        .Post<RegisteredModels, RegisteredModelTag>("/registered-models/set-tag", (models, request, call) => models.SetTagAsync(request, call))
        .Delete<RegisteredModels, RegisteredModelTag>("/registered-models/delete-tag", (models, request, call) => models.DeleteTagAsync(request, call))
        .Post<RegisteredModels, RegisteredModelAlias>("/registered-models/alias", (models, request, call) => models.SetAliasAsync(request, call))
        .Delete<RegisteredModels, RegisteredModelAlias>("/registered-models/alias", (models, request, call) => models.DeleteAliasAsync(request, call))
        .Get<RegisteredModels, RegisteredModelAlias>("/registered-models/alias", (models, request, call) => models.GetByAliasAsync(request, call));

    private static void MapModelVersions(this MLflowRoutes routes) => routes
        .Post<ModelVersions, CreateModelVersion>("/model-versions/create", (versions, request, call) => versions.CreateAsync(request, call))
        .Patch<ModelVersions, UpdateModelVersion>("/model-versions/update", (versions, request, call) => versions.UpdateAsync(request, call))
        .Post<ModelVersions, TransitionStage>("/model-versions/transition-stage", (versions, request, call) => versions.TransitionAsync(request, call))
        .Delete<ModelVersions, OfModelVersion>("/model-versions/delete", (versions, request, call) => versions.DeleteAsync(request, call))
        .Get<ModelVersions, OfModelVersion>("/model-versions/get", (versions, request, call) => versions.GetAsync(request, call))
        .Get<RegistrySearch, SearchRegistry>("/model-versions/search", (search, request, call) => search.VersionsAsync(request, call.Cancellation))
        .Get<ModelVersions, OfModelVersion>("/model-versions/get-download-uri", (versions, request, call) => versions.DownloadUriAsync(request, call))
        .Post<ModelVersions, ModelVersionTag>("/model-versions/set-tag", (versions, request, call) => versions.SetTagAsync(request, call))
        .Delete<ModelVersions, ModelVersionTag>("/model-versions/delete-tag", (versions, request, call) => versions.DeleteTagAsync(request, call));

    private static async Task<IResult> GetFileAsync(HttpContext context)
    {
        var query = context.Request.Query;
        var services = context.RequestServices;
        var call = new MLflowCall("", context.RequestAborted);
        var asked = new OfModelVersion(query["name"], query["version"]);
        var uri = ((DownloadUriAnswer)await services.GetRequiredService<ModelVersions>().DownloadUriAsync(asked, call)).ArtifactUri;
        return await services.GetRequiredService<ArtifactProxy>().DownloadAsync(context, EntityArtifacts.PathOf(uri, query["path"]));
    }
}
