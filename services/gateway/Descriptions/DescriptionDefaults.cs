using System.Text;
using Platform.Gateway.Replicas;
using Platform.Hosting.OpenApi;

namespace Platform.Gateway.Descriptions;

internal static class DescriptionDefaults
{
    public static void AddDescriptions(this IServiceCollection services)
    {
        services.AddSingleton<ServiceDocuments>();
        services.AddHttpClient(ServiceDocuments.Client).RemoveAllLoggers().AskReplicas();
    }

    /// <summary>Answers for all services where a service answers for itself.</summary>
    public static void MapDescriptions(this IEndpointRouteBuilder routes) =>
        routes.MapGet(ApiDescription.Path, async (ServiceDocuments documents, CancellationToken cancellationToken) =>
            TypedResults.Text(await documents.ReadAsync(cancellationToken), "application/json", Encoding.UTF8)).ExcludeFromDescription();
}
