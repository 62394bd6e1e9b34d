using MassTransit;
using Microsoft.Extensions.Options;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Defaults;
using Platform.Hosting.Deployments;
using Platform.Hosting.Errors;
using Platform.Hosting.Management;
using Platform.Hosting.Messaging;
using Platform.Hosting.OpenApi;
using Platform.Inference.Delivery;
using Platform.Inference.Grpc;
using Platform.Inference.Jobs;
using Platform.Inference.Models;
using Platform.Inference.Predictions;
using Platform.Inference.Recording;
using Platform.Inference.Repository;
using Platform.Inference.Scoring;
using Platform.Inference.Secrets;
using Platform.Inference.Server;
using Platform.Inference.Settings;
using Platform.Inference.Telemetry;
using Platform.Onnx.Workers;

namespace Platform.Inference;

/// <summary>Serves models over the Open Inference Protocol v2, by HTTP and gRPC, and records every prediction.</summary>
public static class InferenceService
{
    /// <summary>The service's name.</summary>
    public const string Name = "inference";

    /// <summary>It looks at the registry again when what serves may have changed, and takes jobs.</summary>
    public static ServiceMessaging Messaging { get; } = new(Name, bus =>
    {
        bus.ReconcileOnDeployments<DeploymentSync>(Name);
        bus.AddConsumer<SubmitPredictionConsumer, SubmitPredictionConsumerDefinition>();
    });

    /// <summary>Adds the service; see <see cref="ServingOptions"/> for what can be configured.</summary>
    public static WebApplicationBuilder AddInference(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<ServingOptions>().BindConfiguration("Inference").ValidateOnStart();
        services.AddSingleton<IValidateOptions<ServingOptions>, ServingOptionsValidator>();
        services.AddOptions<IsolationOptions>().BindConfiguration(IsolationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(new ErrorSurface("/v2", error => new { error = error.Detail }));
        services.AddSingleton(ApiComponents.Embedded(typeof(InferRoutes), "infer-bodies.json"));
        services.AddSingleton(new ApiTag("Inference", "Calling models by the Open Inference Protocol v2, and the server's and models' state in its terms."));
        services.AddSingleton(new ApiTag("Predictions", "Calling models with rows by feature name."));
        services.AddSingleton(new ApiTag("Jobs", "Predictions in the background."));
        services.AddSingleton(new ApiTag("Scoring", "Files of rows that are scored in the background."));
        services.AddPredictionLogWriter();
        services.AddPlatformArtifacts();
        services.AddRegistryClient();
        services.AddModels();
        services.AddPredictions();
        services.AddJobs();
        services.AddScoring();
        services.AddCallbacks();
        services.AddGrpcCalls();
        services.AddReadinessCheck(Name, provider =>
            provider.GetRequiredService<DeploymentSync>().FirstPass.IsCompleted ? null : "the registry's deployments");
        return builder;
    }

    /// <summary>Maps the routes under <c>/v2</c>, calls by feature name, jobs and scoring under <c>/v1</c>, and the calls of gRPC.</summary>
    public static WebApplication MapInference(this WebApplication app)
    {
        app.MapServer();
        app.MapStatistics();
        app.MapRepository();
        app.MapInfer();
        app.MapRows();
        app.MapJobs();
        app.MapScoring();
        app.MapGrpcCalls();
        return app;
    }

    private static void AddModels(this IServiceCollection services)
    {
        services.AddSingleton<ModelTable>();
        services.AddSingleton<ModelSettings>();
        services.AddSingleton<VersionLoader>();
        services.AddSingleton<ModelAnnouncer>();
        services.AddSingleton<VersionKeeper>();
        services.AddSingleton<FirstCalls>();
        services.AddSingleton<OnDemand>();
        services.AddSingleton<LoadModel>();
        services.AddSingleton<DeploymentSync>();
        services.AddHostedService(provider => provider.GetRequiredService<DeploymentSync>());
    }

    private static void AddPredictions(this IServiceCollection services)
    {
        services.AddSingleton<BodyBudget>();
        services.AddSingleton<AnswerBudget>();
        services.AddSingleton<AnswerWriter>();
        services.AddSingleton<BodyReader>();
        services.AddSingleton<StoredSecrets>();
        services.AddSingleton<RedactionKeys>();
        services.AddSingleton<PredictionRecorder>();
        services.AddSingleton<InferenceMetrics>();
        InferenceMetrics.AddSeries(services);
        services.AddSingleton<ShadowMetrics>();
        services.AddSingleton<ShadowQueue>();
        services.AddHostedService<ShadowRunner>();
        services.AddSingleton<DataPlane>();
        services.AddSingleton<InferEndpoint>();
    }
}
