using MassTransit;
using Microsoft.Extensions.Options;
using Platform.Explainer.Computing;
using Platform.Explainer.Global;
using Platform.Explainer.Jobs;
using Platform.Explainer.Models;
using Platform.Explainer.Predictions;
using Platform.Explainer.Routes;
using Platform.Explainer.Settings;
using Platform.Explainer.Versions;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Defaults;
using Platform.Hosting.Deployments;
using Platform.Hosting.Management;
using Platform.Hosting.Messaging;
using Platform.Hosting.OpenApi;
using Platform.Hosting.PredictionLog.Index;
using Platform.Hosting.Work;
using Platform.Onnx.Workers;

namespace Platform.Explainer;

/// <summary>The explainer: why a model answered what it answered.</summary>
public static class ExplainerService
{
    /// <summary>Its name in queues, documents, the prediction log and readiness.</summary>
    public const string Name = "explainer";

    /// <summary>What it contributes to the bus.</summary>
    public static ServiceMessaging Messaging { get; } = new(Name, AddConsumers);

    /// <summary>Adds the service to a process.</summary>
    public static WebApplicationBuilder AddExplainer(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<IsolationOptions>().BindConfiguration(IsolationOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ExplainerOptions>().BindConfiguration("Explainer").ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton(new ApiTag("Explanations", "What each feature added to an answer or took away."));
        services.AddPlatformDocuments(Name);
        services.AddPlatformArtifacts();
        services.AddRegistryClient();
        services.AddPredictionLogReader();
        services.AddReadinessCheck(Name, WaitingFor);
        services.AddVersions();
        services.AddPredictions();
        services.AddExplanations();
        services.AddGlobal();
        services.AddJobs();
        return builder;
    }

    /// <summary>Maps its routes.</summary>
    public static WebApplication MapExplainer(this WebApplication app)
    {
        app.MapExplanations();
        app.MapImportance();
        app.MapDependence();
        return app;
    }

    private static void AddConsumers(IBusRegistrationConfigurator bus)
    {
        bus.AddConsumer<ComputeExplanationConsumer, ComputeExplanationConsumerDefinition>();
        bus.ReconcileOnDeployments<DeploymentWatcher>(Name);
    }

    private static string? WaitingFor(IServiceProvider services) =>
        services.GetRequiredService<DeploymentWatcher>().FirstPass.IsCompletedSuccessfully ? null : "the registry's first snapshot";

    private static void AddVersions(this IServiceCollection services)
    {
        services.AddSingleton<DeploymentWatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<DeploymentWatcher>());
        services.AddSingleton<VersionLookup>();
        services.AddSingleton<ModelCache>();
    }

    private static void AddPredictions(this IServiceCollection services)
    {
        services.AddPredictionIndex(Name, Name, "Explainer");
        services.AddSingleton<PredictionFinder>();
    }

    private static void AddExplanations(this IServiceCollection services)
    {
        services.AddSingleton<SubjectFinder>();
        services.AddSingleton<RowsExplainer>();
        services.AddSingleton<ExplanationMetrics>();
        services.AddSingleton<ExplanationEngine>();
        services.AddSingleton<ExplanationTurns>();
        services.AddSingleton<ExplanationHandler>();
    }

    private static void AddGlobal(this IServiceCollection services)
    {
        services.AddSingleton<GlobalAnswers>();
        services.AddSingleton<GlobalEngine>();
        services.AddSingleton<ImportanceReader>();
        services.AddSingleton<DependenceReader>();
    }

    private static void AddJobs(this IServiceCollection services)
    {
        services.AddWork<ExplanationRecord, ExplanationStore, ExplanationSweeper>(provider =>
        {
            var options = provider.GetRequiredService<IOptions<ExplainerOptions>>().Value;
            return new("explanation-workers", options.JobConcurrency, ExplanationAttempt.Most, options.JobLease, options.JobLease / 3);
        });
        services.AddSingleton<JobRunner>();
        services.AddSingleton<ExplanationQueue>();
        services.AddSingleton<ExplanationAttempt>();
        services.AddHostedService<ExplanationWorkers>();
    }
}
