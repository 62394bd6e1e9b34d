using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Registry.MLflow.Artifacts;
using Platform.Registry.MLflow.Experiments;
using Platform.Registry.MLflow.LoggedModels;
using Platform.Registry.MLflow.Protocol;
using Platform.Registry.MLflow.Registration;
using Platform.Registry.MLflow.Runs;
using Platform.Registry.MLflow.Webhooks;

namespace Platform.Registry.MLflow;

/// <summary>
/// The routes of an MLflow server, so that MLflow's clients work with the platform as they are: its experiments and runs are the platform's, and
/// its registered models are the platform's models.
/// </summary>
internal static class MLflowSurface
{
    /// <summary>The version of MLflow whose routes these are.</summary>
    private const string Version = "3.10.1";

    public static void AddMLflow(this IServiceCollection services)
    {
        services.AddMLflowErrors();
        services.AddExperiments();
        services.AddRuns();
        services.AddLoggedModels();
        services.AddMLflowArtifacts();
        services.AddRegistration();
        services.AddWebhooks();
    }

    public static void MapMLflow(this IEndpointRouteBuilder routes)
    {
        var api = new MLflowRoutes(routes, onDeniedPromotion: DeniedMove.RecordAsync);
        api.MapExperiments();
        api.MapRuns();
        api.MapLoggedModels();
        api.MapRegistration();
        new MLflowRoutes(routes, write: Permission.Manage).MapWebhooks();
        routes.MapMLflowArtifacts();
        routes.MapVersionFiles();
        routes.MapGet("/version", () => TypedResults.Text(Version)).AllowAnybody().ExcludeFromDescription();
        routes.MapGet("/health", () => TypedResults.Text("OK")).AllowAnybody().ExcludeFromDescription();
    }
}
