using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Platform.Hosting.Defaults;
using Platform.Hosting.Errors;
using Platform.Hosting.OpenApi;
using Platform.TestKit;

namespace Platform.Hosting.Tests.OpenApi;

public sealed class OpenApiTests : IAsyncLifetime
{
    private static readonly Error Taken = new(StatusCodes.Status409Conflict, "things.taken", "There is a thing of that name.");
    private static readonly Error Unknown = new(StatusCodes.Status404NotFound, "things.unknown", "There is no such thing.");

    private TestHost _host = null!;
    private JsonNode _document = null!;

    public async Task InitializeAsync()
    {
        _host = await TestHost.StartAsync(
            builder => builder.AddPlatformDefaults("test").Services
                .AddSingleton(new ErrorSurface("/own", error => new { error = error.Detail })),
            app =>
            {
                app.MapPlatformDefaults();
                app.MapPost("/things", (Thing thing) => TypedResults.Ok(thing)).Refuses(Taken)
                    .WithRequestExample("""{"name":"a"}""").WithResponseExample(200, """{"name":"b"}""");
                app.MapPost("/own/raw", (HttpContext context, CancellationToken cancelled) => context.Response.WriteAsync("{}", cancelled)).Refuses(Unknown)
                    .WithRequestExample("""{"raw":true}""");
            });
        _document = await _host.Http.GetAsync("/openapi/v1.json").JsonAsync();
    }

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public void Examples_beside_a_route_stand_in_its_operation()
    {
        Assert.Equal("a", Content(Operation("/things")["requestBody"]!)["example"]!["name"]!.GetValue<string>());
        Assert.Equal("b", Content(Response("/things", "200"))["example"]!["name"]!.GetValue<string>());
    }

    [Fact]
    public void A_route_that_reads_its_body_itself_has_one_described()
    {
        Assert.True(Content(Operation("/own/raw")["requestBody"]!)["example"]!["raw"]!.GetValue<bool>());
    }

    [Fact]
    public void A_refusal_is_described_as_the_problem_that_the_route_answers()
    {
        var content = Content(Response("/things", "409"), "application/problem+json");
        Assert.Equal("#/components/schemas/Problem", content["schema"]!["$ref"]!.GetValue<string>());
        var example = content["examples"]!["things.taken"]!["value"]!;
        Assert.Equal("things.taken", example["code"]!.GetValue<string>());
        Assert.Equal(409, example["status"]!.GetValue<int>());
    }

    [Fact]
    public void A_refusal_on_a_surface_of_its_own_has_that_form()
    {
        var example = Content(Response("/own/raw", "404"))["examples"]!["things.unknown"]!["value"]!;
        Assert.Equal("There is no such thing.", example["error"]!.GetValue<string>());
    }

    [Fact]
    public void A_route_with_a_body_can_always_refuse_a_malformed_one()
    {
        Assert.Contains("request.invalid", Response("/things", "400").ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public void The_schema_of_errors_names_code_and_trace_id()
    {
        var required = _document["components"]!["schemas"]!["Problem"]!["required"]!.AsArray().Select(name => name!.GetValue<string>());
        Assert.Superset(new HashSet<string> { "code", "traceId" }, required.ToHashSet());
    }

    private JsonNode Operation(string path) => _document["paths"]![path]!["post"]!;

    private JsonNode Response(string path, string status) => Operation(path)["responses"]![status]!;

    private static JsonNode Content(JsonNode part, string type = "application/json") => part["content"]![type]!;

    private sealed record Thing(string Name);
}
