using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;
using Microsoft.Extensions.Configuration;
using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.Hosting.Messaging;
using Platform.Registry;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.Architecture.Tests.Services;

/// <summary>Names that callers choose are segments of paths: none of them may lead to another route.</summary>
public sealed class NameTests
{
    [Fact]
    public async Task A_model_cannot_be_called_like_a_segment_that_stands_in_its_place()
    {
        var taken = await TakenInPlaceOfAsync("model");
        Assert.Contains("stats", taken);
        using var data = new TemporaryFolder();
        await using var registry = new WebApplicationFactory<RegistryEntry>().WithWebHostBuilder(host => host
            .UseContentRoot(data.Path).UseSetting("Storage:Directory", data.Path)
            .ConfigureAppConfiguration(settings => settings.AddInMemoryCollection(TestKey.Settings)));
        using var http = registry.CreateClient();
        http.DefaultRequestHeaders.Authorization = TestKey.Header;

        foreach (var name in taken)
            Assert.Equal(HttpStatusCode.BadRequest, (await http.PostAsJsonAsync("/v1/models", new { name })).StatusCode);
    }

    [Theory]
    [InlineData("version")]
    [InlineData("alias")]
    public async Task No_segment_stands_where_a_version_or_an_alias_is_named(string parameter) =>
        Assert.Empty(await TakenInPlaceOfAsync(parameter));

    /// <summary>Words that a route has where another one, of as many segments, has the parameter, the others agreeing.</summary>
    private static async Task<string[]> TakenInPlaceOfAsync(string parameter)
    {
        var routes = new List<RoutePatternPathSegment[]>();
        foreach (var service in PlatformService.All) routes.AddRange(await RoutesAsync(service));
        return [.. (from one in routes
                    from at in Enumerable.Range(0, one.Length)
                    where Parameter(one[at]) == parameter
                    from other in routes
                    where other.Length == one.Length && other[at] is { IsSimple: true } && Literal(other[at]) is not null
                        && Enumerable.Range(0, one.Length).All(segment => segment == at || Meet(one[segment], other[segment]))
                    select Literal(other[at])!).Distinct()];
    }

    private static bool Meet(RoutePatternPathSegment one, RoutePatternPathSegment other) =>
        Literal(one) is not { } word || Literal(other) is not { } same || word == same;

    private static string? Literal(RoutePatternPathSegment segment) => (segment.Parts[0] as RoutePatternLiteralPart)?.Content;

    private static string? Parameter(RoutePatternPathSegment segment) => (segment.Parts[0] as RoutePatternParameterPart)?.Name;

    private static async Task<RoutePatternPathSegment[][]> RoutesAsync(PlatformService service)
    {
        using var data = new TemporaryFolder();
        var builder = WebApplication.CreateBuilder();
        builder.Configuration["Storage:Directory"] = data.Path;
        builder.AskNobody();
        builder.AddPlatformDefaults(service.Name);
        service.Add(builder);
        builder.AddPlatformMessaging(service.Messaging);
        await using var app = builder.Build();
        app.MapPlatformDefaults();
        service.Map(app);
        return [.. ((IEndpointRouteBuilder)app).DataSources.SelectMany(source => source.Endpoints).OfType<RouteEndpoint>()
            .Select(endpoint => endpoint.RoutePattern.PathSegments.ToArray())
            .Where(segments => !segments.Any(segment => segment.Parts[0] is RoutePatternParameterPart { IsCatchAll: true }))];
    }
}
