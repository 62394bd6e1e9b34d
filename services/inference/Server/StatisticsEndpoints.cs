using Platform.Hosting.Access;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.Inference.Models;
using Platform.Inference.Statistics;
using Platform.Onnx.Sessions;

namespace Platform.Inference.Server;

/// <summary>The statistics extension. It takes the bare metadata route from a model called "stats", as the protocol wants it.</summary>
internal static class StatisticsEndpoints
{
    private const string Example = """
        {"model_stats":[{"name":"credit","version":"1","last_inference":1764000000000,"inference_count":12,"execution_count":7,
          "inference_stats":{"success":{"count":12,"ns":2400000},"fail":{"count":0,"ns":0},"queue":{"count":12,"ns":120000},
            "compute_input":{"count":12,"ns":24000},"compute_infer":{"count":12,"ns":600000},"compute_output":{"count":12,"ns":24000},
            "cache_hit":{"count":0,"ns":0},"cache_miss":{"count":0,"ns":0}},
          "response_stats":{},
          "batch_stats":[{"batch_size":1,"compute_input":{"count":2,"ns":4000},"compute_infer":{"count":2,"ns":100000},"compute_output":{"count":2,"ns":4000}}],
          "memory_usage":[{"type":"CPU","id":0,"byte_size":1060000}]}]}
        """;

    public static void MapStatistics(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/v2/models").WithTags("Inference");
        group.MapGet("/stats", (ModelTable models, HttpContext context) =>
                Describe(models.Loaded.Where(version => context.Permits(Permission.Observe, version.Model))))
            .RequirePermissionInHandler(Permission.Observe).WithName("GetStatistics").WithSummary("Counts and durations of every loaded version since it was loaded.")
            .WithResponseExample(200, Example);
        group.MapGet("/{model}/stats", Answer)
            .RequirePermission(Permission.Observe).WithName("GetModelStatistics").WithSummary("Counts and durations of a model's loaded versions.")
            .Produces<ModelStatistics>().WithResponseExample(200, Example).Refuses(ModelErrors.UnknownModel("credit"));
        group.MapGet("/{model}/versions/{version}/stats", Answer)
            .RequirePermission(Permission.Observe).WithName("GetVersionStatistics").WithSummary("Counts and durations of one loaded version.")
            .Produces<ModelStatistics>().WithResponseExample(200, Example).Refuses(ModelErrors.UnknownModel("credit"));
    }

    /// <summary>The statistics of a model's loaded versions, or of one of them.</summary>
    public static Result<ModelStatistics> Find(ModelTable models, string model, string? version)
    {
        var slots = version is null ? models.Find(model)?.Versions : models.FindSlot(model, version) is { } slot ? [slot] : null;
        if (slots is null) return ModelErrors.Explain(models, model, version);
        return Describe(slots.Select(slot => slot.Loaded).OfType<LoadedVersion>());
    }

    /// <summary>The statistics of these versions.</summary>
    public static ModelStatistics Describe(IEnumerable<LoadedVersion> versions) => new([.. versions.Select(version =>
        version.Statistics.Read(version.Model, version.Version, new MemoryUsage(version.Provider == ExecutionProvider.Cpu ? "CPU" : "GPU", 0, version.Bytes)))]);

    private static IResult Answer(string model, ModelTable models, string? version = null) => Find(models, model, version).ToHttp();
}
