using Platform.Registry.MLflow.Protocol;

namespace Platform.Registry.MLflow.LoggedModels;

internal static class LoggedModelEndpoints
{
    public static void AddLoggedModels(this IServiceCollection services) =>
        services.AddSingleton<LoggedModelStore>().AddSingleton<LoggedModelLifecycle>().AddSingleton<LoggedModelSearch>();

    public static void MapLoggedModels(this MLflowRoutes routes) => routes
        .Post<LoggedModelLifecycle, CreateLoggedModel>("/logged-models", (models, request, call) => models.CreateAsync(request, call))
        .Post<LoggedModelSearch, SearchLoggedModels>("/logged-models/search", (search, request, call) => search.FindAsync(request, call.Cancellation))
        .Get<LoggedModelLifecycle, OfLoggedModel>("/logged-models/{model_id}", (models, request, call) => models.GetAsync(request, call))
        .Patch<LoggedModelLifecycle, FinalizeLoggedModel>("/logged-models/{model_id}", (models, request, call) => models.FinalizeAsync(request, call))
        .Delete<LoggedModelLifecycle, OfLoggedModel>("/logged-models/{model_id}", (models, request, call) => models.DeleteAsync(request, call))
        .Patch<LoggedModelLifecycle, LoggedModelTags>("/logged-models/{model_id}/tags", (models, request, call) => models.SetTagsAsync(request, call))
        .Delete<LoggedModelLifecycle, LoggedModelTag>("/logged-models/{model_id}/tags/{tag_key}", (models, request, call) => models.DeleteTagAsync(request, call))
        .Post<LoggedModelLifecycle, LoggedModelParams>("/logged-models/{model_id}/params", (models, request, call) => models.AddParamsAsync(request, call));
}
