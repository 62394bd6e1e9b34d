using MassTransit;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Hosting.OpenApi;
using Platform.Registry.Aliases;
using Platform.Registry.Approvals;
using Platform.Registry.Artifacts;
using Platform.Registry.Audit;
using Platform.Registry.Deployments;
using Platform.Registry.Events;
using Platform.Registry.Gates;
using Platform.Registry.Keys;
using Platform.Registry.MLflow;
using Platform.Registry.Models;
using Platform.Registry.Promotions;
using Platform.Registry.Rollouts;
using Platform.Registry.Uploads;
using Platform.Registry.Versions;

namespace Platform.Registry;

/// <summary>The registry: models, their versions with lineage and artifacts, promotions through gates, and the record of it all.</summary>
public static class RegistryService
{
    /// <summary>The service's name: of its folder in the data directory, and of its document store.</summary>
    public const string Name = "registry";

    /// <summary>
    /// It hears how the requests of versions that are compared have fared, and which alerts ask for a roll-back; what it says goes through its outbox.
    /// </summary>
    public static ServiceMessaging Messaging { get; } = new(Name, bus =>
    {
        bus.AddConsumer<KeepCountsOnRoutesCountedConsumer, KeepCountsOnRoutesCountedConsumerDefinition>();
        bus.AddConsumer<RollBackOnAlertRaisedConsumer, RollBackOnAlertRaisedConsumerDefinition>();
    });

    /// <summary>Adds the registry to a process.</summary>
    public static WebApplicationBuilder AddRegistry(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(new ApiTag("Registry", "Models, their versions with lineage and files, promotions through gates, and the record of it all."));
        builder.Services.AddSingleton(new ApiTag("Access", "The keys with which callers prove who they are."));
        builder.Services.AddPlatformDocuments(Name);
        builder.Services.AddPlatformArtifacts();
        builder.Services.AddModels();
        builder.Services.AddVersions();
        builder.Services.AddAliases();
        builder.Services.AddUploads();
        builder.Services.AddGates();
        builder.Services.AddApprovals();
        builder.Services.AddPromotions();
        builder.Services.AddRollouts();
        builder.Services.AddHistory();
        builder.Services.AddAudit();
        builder.Services.AddDeployments();
        builder.Services.AddEvents();
        builder.Services.AddKeys();
        builder.Services.AddMLflow();
        return builder;
    }

    /// <summary>Maps the registry's routes.</summary>
    public static WebApplication MapRegistry(this WebApplication app)
    {
        var routes = app.MapGroup("/v1").WithTags("Registry");
        routes.MapModels();
        routes.MapVersions();
        routes.MapUploads();
        routes.MapAliases();
        routes.MapGates();
        routes.MapMeasurements();
        routes.MapApprovals();
        routes.MapPromotions();
        routes.MapRollouts();
        routes.MapHistory();
        routes.MapAudit();
        routes.MapDeployments();
        routes.MapArtifacts();
        routes.MapEvents();
        app.MapGroup("/v1").WithTags("Access").MapKeys();
        app.MapMLflow();
        return app;
    }
}
