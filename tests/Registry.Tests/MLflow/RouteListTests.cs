using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.TestKit.Api;

namespace Platform.Registry.Tests.MLflow;

/// <summary>docs/mlflow.md lists the routes: those of the tables of the protocol, and no others.</summary>
public sealed class RouteListTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    [Fact]
    public void The_page_lists_the_routes_that_are_mapped()
    {
        var listed = MLflowPage.Routes.Select(route => $"{route.Method} {route.Path}");
        var mapped = Mapped().Where(route => !route.Contains(" /ajax-api/", StringComparison.Ordinal));
        Assert.Equal(listed.Order(StringComparer.Ordinal), mapped.Select(route => route.Replace(":int", "").Replace("**", "")).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_route_is_there_for_MLflows_pages_too()
    {
        var mapped = Mapped().ToHashSet();
        Assert.All(mapped.Where(route => route.Contains(" /api/2.0/", StringComparison.Ordinal)), route => Assert.Contains(route.Replace(" /api/", " /ajax-api/"), mapped));
    }

    private IEnumerable<string> Mapped() =>
        from source in registry.Services.GetServices<EndpointDataSource>()
        from endpoint in source.Endpoints.OfType<RouteEndpoint>()
        let path = "/" + endpoint.RoutePattern.RawText!.TrimStart('/')
        where path.Contains("mlflow", StringComparison.Ordinal) || path is "/get-artifact" or "/model-versions/get-artifact" or "/version" or "/health"
        from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods
        select $"{method} {path}";
}
