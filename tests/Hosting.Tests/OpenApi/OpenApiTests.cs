using System.ComponentModel.DataAnnotations;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
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
                .AddSingleton(new ErrorSurface("/own", error => new { error = error.Detail }))
                .AddSingleton(new ApiTag("Things", "What there is."))
                .AddSingleton(new ApiComponents("""{"Raw":{"type":"object","properties":{"raw":{"type":"boolean"}}}}""")),
            app =>
            {
                app.MapPlatformDefaults();
                app.MapPost("/things", (Thing thing) => TypedResults.Ok(thing)).Refuses(Taken)
                    .WithRequestExample("""{"name":"a"}""").WithResponseExample(200, """{"name":"b"}""");
                app.MapPost("/own/raw/{id}", (HttpContext context, CancellationToken cancelled) => context.Response.WriteAsync("{}", cancelled)).Refuses(Unknown)
                    .WithRequestExample("""{"raw":true}""")
                    .WithPathParameter("id").WithRequestHeader("x-key", "A key.").WithAnswerHeader(200, "x-mark", "A mark.")
                    .WithBody("""{"$ref":"#/components/schemas/Raw"}""").WithAnswer(200, """{"type":"string"}""", "text/plain");
                app.MapGet("/things", ([OneOf(typeof(Colours))] string? colour, int? limit) => TypedResults.Ok(new Seen("red", null, null)))
                    .WithSummary("Lists.").WithTags("Things");
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
        Assert.True(Content(Operation("/own/raw/{id}")["requestBody"]!)["example"]!["raw"]!.GetValue<bool>());
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
        var example = Content(Response("/own/raw/{id}", "404"))["examples"]!["things.unknown"]!["value"]!;
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

    [Fact]
    public void What_is_only_answered_has_all_its_members_and_may_get_more()
    {
        var seen = Schema("Seen");
        Assert.Equal(["colour", "label"], seen["required"]!.AsArray().Select(name => (string?)name));
        Assert.Null(seen["additionalProperties"]);
    }

    [Fact]
    public void What_is_sent_names_what_is_needed_and_takes_nothing_else()
    {
        var thing = Schema("Thing");
        Assert.Equal(["name"], thing["required"]!.AsArray().Select(name => (string?)name));
        Assert.Equal("string", (string?)thing["properties"]!["name"]!["type"]);
        Assert.False((bool)thing["additionalProperties"]!);
    }

    [Fact]
    public void Values_come_from_the_code_that_checks_them()
    {
        Assert.Equal(["red", "blue"], Texts(Schema("Seen")["properties"]!["colour"]!["enum"]!));
        Assert.Equal(["red", "blue", null], Texts(Schema("Thing")["properties"]!["colour"]!["enum"]!));
        Assert.Equal(["red", "blue"], Texts(Operation("/things", "get")["parameters"]![0]!["schema"]!["enum"]!).Where(value => value is not null));
    }

    [Fact]
    public void Open_JSON_has_the_shape_that_it_is_said_to_have_and_no_component()
    {
        Assert.Equal("#/components/schemas/Raw", (string?)Schema("Seen")["properties"]!["label"]!["oneOf"]![1]!["$ref"]);
        Assert.Null(_document["components"]!["schemas"]!["JsonElement"]);
    }

    [Fact]
    public void What_a_route_says_of_its_own_request_and_answer_is_described()
    {
        var raw = Operation("/own/raw/{id}");
        Assert.Equal(["id", "x-key"], raw["parameters"]!.AsArray().Select(parameter => (string?)parameter!["name"]));
        Assert.Equal("#/components/schemas/Raw", (string?)Content(raw["requestBody"]!)["schema"]!["$ref"]);
        Assert.Equal("string", (string?)Content(Response("/own/raw/{id}", "200"), "text/plain")["schema"]!["type"]);
        Assert.Equal(["x-mark", "x-request-id"], Response("/own/raw/{id}", "200")["headers"]!.AsObject().Select(header => header.Key));
    }

    [Fact]
    public void A_number_in_the_query_can_be_refused_and_any_route_can_fail()
    {
        var responses = Operation("/things", "get")["responses"]!;
        Assert.Contains("request.invalid", responses["400"]!.ToJsonString(), StringComparison.Ordinal);
        Assert.Equal("#/components/schemas/Problem", (string?)Content(responses["default"]!, "application/problem+json")["schema"]!["$ref"]);
        Assert.Equal("#/components/schemas/OwnError", (string?)Content(Response("/own/raw/{id}", "default"))["schema"]!["$ref"]);
    }

    [Fact]
    public void Members_that_a_problem_has_beside_the_usual_ones_are_allowed() => Assert.Equal("{}", Schema("Problem")["additionalProperties"]!.ToJsonString());

    [Fact]
    public void Tags_say_what_they_are_about() =>
        Assert.Equal("What there is.", (string?)_document["tags"]!.AsArray().Single(tag => (string?)tag!["name"] == "Things")!["description"]);

    [Fact]
    public void Two_types_of_one_name_are_a_mistake_that_is_named()
    {
        var names = new SchemaNames();
        var options = System.Text.Json.JsonSerializerOptions.Web;
        Assert.Equal("Thing", names.Of(options.GetTypeInfo(typeof(Thing))));
        Assert.Equal("Thing", names.Of(options.GetTypeInfo(typeof(Thing))));
        Assert.Contains("would both be 'Thing'", Assert.Throws<InvalidOperationException>(() => names.Of(options.GetTypeInfo(typeof(Other.Thing)))).Message, StringComparison.Ordinal);
    }

    private JsonNode Schema(string name) => _document["components"]!["schemas"]![name]!;

    private static IEnumerable<string?> Texts(JsonNode list) => list.AsArray().Select(value => (string?)value);

    private JsonNode Operation(string path, string verb = "post") => _document["paths"]![path]![verb]!;

    private JsonNode Response(string path, string status) => Operation(path)["responses"]![status]!;

    private static JsonNode Content(JsonNode part, string type = "application/json") => part["content"]![type]!;

    private sealed record Thing([property: Required] string? Name, [property: OneOf(typeof(Colours))] string? Colour = null);

    private sealed record Seen(
        [property: OneOf(typeof(Colours))] string Colour,
        [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Note,
        [property: JsonShape("""{"oneOf":[{"type":"null"},{"$ref":"#/components/schemas/Raw"}]}""")] System.Text.Json.JsonElement? Label);

    private static class Colours
    {
        public const string Red = "red";
        public const string Blue = "blue";
    }

    private static class Other
    {
        public sealed record Thing;
    }
}
