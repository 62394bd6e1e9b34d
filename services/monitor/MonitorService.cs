using Microsoft.Extensions.Options;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Defaults;
using Platform.Hosting.Deployments;
using Platform.Hosting.Management;
using Platform.Hosting.Messaging;
using Platform.Hosting.OpenApi;
using Platform.Hosting.PredictionLog.Index;
using Platform.Hosting.Replicas;
using Platform.Monitor.Alerts;
using Platform.Monitor.Analyses;
using Platform.Monitor.Announcements;
using Platform.Monitor.Baselines;
using Platform.Monitor.BusinessOutcomes;
using Platform.Monitor.Deployments;
using Platform.Monitor.Drift;
using Platform.Monitor.Exports;
using Platform.Monitor.Fairness;
using Platform.Monitor.Feedback;
using Platform.Monitor.GroundTruth;
using Platform.Monitor.Inspection;
using Platform.Monitor.Intake;
using Platform.Monitor.Labels;
using Platform.Monitor.Lookup;
using Platform.Monitor.Monitoring;
using Platform.Monitor.Performance;
using Platform.Monitor.Reviews;
using Platform.Monitor.Routes;
using Platform.Monitor.Sampling;
using Platform.Monitor.Search;
using Platform.Monitor.State;
using Platform.Monitor.Telemetry;
using Platform.Monitor.Versions;
using Platform.Monitor.Windows;

namespace Platform.Monitor;

/// <summary>The monitor: watches what models are asked and answer, and says when that is no longer what it was.</summary>
public static class MonitorService
{
    /// <summary>Its name in queues, documents, the prediction log and readiness.</summary>
    public const string Name = "monitor";

    /// <summary>What it contributes to the bus.</summary>
    public static ServiceMessaging Messaging { get; } = new(Name, bus => bus.ReconcileOnDeployments<DeploymentWatcher>(Name));

    /// <summary>Adds the service to a process.</summary>
    public static WebApplicationBuilder AddMonitor(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddSingleton(new ApiTag("Monitoring", "What has been found about a version in its predictions, and what came of them."));
        services.AddSingleton(new ApiTag("Records", "Single predictions of the last ones: what was asked and answered, and what people say of it."));
        services.AddSingleton(new ApiTag("Alerts", "Breached rules, and the rules themselves."));
        services.AddSingleton(new ApiTag("Analyses", "Drift, performance, fairness and outliers of data that the caller brings; no model is needed."));
        services.AddPlatformDocuments(Name);
        services.AddActiveReplica(Name);
        services.AddPlatformArtifacts();
        services.AddRegistryClient();
        services.AddPredictionLogReader();
        services.AddReadinessCheck(Name, WaitingFor);
        services.AddMonitorOptions();
        services.AddAnalyses();
        services.AddBaselines();
        services.AddLedger();
        services.AddWindows();
        services.AddPredictions();
        services.AddAlerts();
        return builder;
    }

    /// <summary>Maps its routes.</summary>
    public static WebApplication MapMonitor(this WebApplication app)
    {
        app.MapAnalyses();
        var ledger = app.MapGroup("").OnActiveReplica(Name);
        ledger.MapMonitoring();
        ledger.MapGroundTruth();
        ledger.MapOutcomes();
        ledger.MapPredictions();
        ledger.MapFeedback();
        ledger.MapSearch();
        ledger.MapExports();
        ledger.MapReviews();
        ledger.MapAlerts();
        ledger.MapAlertRules();
        return app;
    }

    private static string? WaitingFor(IServiceProvider services) =>
        services.GetRequiredService<DeploymentWatcher>().FirstPass.IsCompletedSuccessfully ? null : "the registry's first snapshot";

    private static void AddMonitorOptions(this IServiceCollection services)
    {
        Add<AnalysisOptions>("Analyses");
        Add<BaselineOptions>("Baselines");
        Add<WindowOptions>("Windows");
        Add<DriftOptions>("Drift");
        Add<FairnessOptions>("Fairness");
        Add<PerformanceOptions>("Performance");
        Add<GroundTruthOptions>("GroundTruth");
        Add<FeedbackOptions>("Feedback");
        Add<ReviewOptions>("Reviews");
        Add<RouteCountOptions>("Routes");
        Add<AlertOptions>("Alerts");

        void Add<T>(string section) where T : class =>
            services.AddOptions<T>().BindConfiguration($"Monitor:{section}").ValidateDataAnnotations().ValidateOnStart();
    }

    private static void AddAnalyses(this IServiceCollection services) => services.AddSingleton<AnalysisTurns>();

    private static void AddBaselines(this IServiceCollection services)
    {
        services.AddSingleton<ServingVersions>();
        services.AddSingleton<BaselineBuilder>();
        services.AddSingleton<BaselineCatalog>();
        services.AddSingleton<DeploymentWatcher>();
        services.AddHostedService(provider => provider.GetRequiredService<DeploymentWatcher>());
    }

    private static void AddLedger(this IServiceCollection services)
    {
        services.AddSingleton<Func<Ledger>>(provider => () => EmptyLedger(
            provider.GetRequiredService<IOptions<GroundTruthOptions>>().Value, provider.GetRequiredService<IOptions<AlertOptions>>().Value,
            provider.GetRequiredService<IOptions<FeedbackOptions>>().Value, provider.GetRequiredService<IOptions<ReviewOptions>>().Value));
        services.AddSingleton<ILedgerObserver, OpenAlerts>();
        services.AddSingleton<LedgerKeeper>();
        services.AddHostedService(provider => provider.GetRequiredService<LedgerKeeper>());
    }

    // A window may be measured and forgotten by one change; so versions, which forget, are stored after outcomes.
    internal static Ledger EmptyLedger(GroundTruthOptions groundTruth, AlertOptions alerts, FeedbackOptions feedback, ReviewOptions reviews) => new(
        new OutcomeBook(groundTruth), new VersionBook(), new ErrorStreamBook(), new RouteLabels(), new RouteOutcomes(),
        new AlertBook(alerts), new RuleBook(), new FeedbackBook(feedback), new ReviewBook(reviews));

    private static void AddWindows(this IServiceCollection services)
    {
        services.AddSingleton(provider => new VersionMetrics(
            provider.GetRequiredService<ServingVersions>(), () => provider.GetRequiredKeyedService<ActiveReplica>(Name).IsActive,
            [.. DefaultRules.All.Keys]));
        services.AddSingleton<MonitorMetrics>();
        VersionMetrics.AddSeries(services);
        services.AddSingleton<ConsumptionSignal>();
        services.AddSingleton<WindowCheck>();
        services.AddSingleton<WindowPerformance>();
        services.AddSingleton<WindowCloser>();
        services.AddSingleton<PredictionRecorder>();
        services.AddHostedService<PredictionLogFollower>();
        services.AddHostedService<WindowClock>();
        services.AddHostedService<RouteAnnouncer>();
        services.AddSingleton<VersionFinder>();
        services.AddSingleton<MonitoringReader>();
        services.AddSingleton<LabelJoiner>();
        services.AddSingleton<LabelTaker>();
        services.AddSingleton<AwaitedRows>();
        services.AddSingleton<OutcomeTaker>();
    }

    // The follower reads the log from where the ledger stands, the index from before the oldest prediction that can be found.
    private static void AddPredictions(this IServiceCollection services)
    {
        services.AddPredictionIndex(Name, $"{Name}-index", "Monitor:Predictions");
        services.AddSingleton<PredictionFinder>();
        services.AddSingleton<PredictionReader>();
        services.AddSingleton<FeedbackTaker>();
        services.AddSingleton<ReviewSampler>();
        services.AddSingleton<ReviewHandler>();
        services.AddSingleton<RecordSearch>();
        services.AddSingleton<PredictionSearch>();
        services.AddSingleton<PredictionExport>();
        services.AddSingleton<LabelExport>();
    }

    private static void AddAlerts(this IServiceCollection services)
    {
        services.AddSingleton<AlertEvaluator>();
        services.AddSingleton<AlertCare>();
        services.AddSingleton<AlertHandler>();
        services.AddSingleton<RuleHandler>();
    }
}
