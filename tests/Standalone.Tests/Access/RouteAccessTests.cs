using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Platform.Hosting.Access;
using Platform.Hosting.Errors;

namespace Platform.Standalone.Tests.Access;

/// <summary>Every route of every service: without a key, with every permission but its own, with its own alone.</summary>
public sealed partial class RouteAccessTests(AskingPlatform platform) : IClassFixture<AskingPlatform>
{
    private static readonly Permission[] All = Enum.GetValues<Permission>();

    private static readonly Dictionary<string, string> MLflowCodes =
        new() { ["access.unauthenticated"] = "UNAUTHENTICATED", ["access.denied"] = "PERMISSION_DENIED" };

    [Fact]
    public void Every_route_says_who_may_call_it() =>
        Assert.All(platform.Endpoints, endpoint => Assert.True(Rule(endpoint) is not null, $"{endpoint.DisplayName} says nothing"));

    [Fact]
    public async Task Without_a_key_no_route_answers_that_is_not_for_anybody()
    {
        foreach (var (method, path, rule) in Routes())
        {
            using var answer = await SendAsync(platform.Stranger, method, path);
            Assert.True(rule is AllowAnybodyAttribute == (answer.StatusCode != HttpStatusCode.Unauthorized), $"{method} {path}: {answer.StatusCode}");
            if (rule is AllowAnybodyAttribute) continue;
            await AssertRefusedAsync(answer, path, "access.unauthenticated", "key");
            Assert.Equal(["Bearer", "Basic"], answer.Headers.WwwAuthenticate.Select(challenge => challenge.Scheme));
        }
    }

    [Fact]
    public async Task Of_the_permissions_it_takes_the_right_one_and_no_other()
    {
        var (needed, routes) = (new Dictionary<string, HttpClient>(), Routes().Where(route => route.Rule is RequirePermissionAttribute).ToList());
        Assert.True(routes.Count > 45, $"only {routes.Count} routes need a permission");
        foreach (var (method, path, rule) in routes)
        {
            var required = ((RequirePermissionAttribute)rule!).Permissions;
            using var refused = await SendAsync(await HolderAsync(needed, All.Except(required)), method, path);
            Assert.Equal((method, path, HttpStatusCode.Forbidden), (method, path, refused.StatusCode));
            await AssertRefusedAsync(refused, path, "access.denied", string.Join(" or ", required.Select(PermissionNames.NameOf)));
            foreach (var permission in required)
            {
                using var taken = await SendAsync(await HolderAsync(needed, [permission]), method, path);
                Assert.False(taken.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized, $"{method} {path} with {permission}: {taken.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task Routes_of_services_are_for_services()
    {
        foreach (var (method, path, rule) in Routes().Where(route => route.Rule is RequireServiceAttribute))
        {
            using var answer = await SendAsync(platform.Operator, method, path);
            Assert.Equal((path, HttpStatusCode.Forbidden), (path, answer.StatusCode));
        }
    }

    private async Task<HttpClient> HolderAsync(Dictionary<string, HttpClient> known, IEnumerable<Permission> permissions)
    {
        var names = permissions.Select(PermissionNames.NameOf).ToList();
        var name = string.Join(" and ", names);
        if (!known.TryGetValue(name, out var http))
            known[name] = http = (await platform.HolderAsync(name, [.. names.Select(permission => new { permission })])).Http;
        return http;
    }

    private static async Task AssertRefusedAsync(HttpResponseMessage answer, string path, string code, string named)
    {
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        var form = FormOf(path);
        if (form.Code is not null) Assert.Equal(form.IsMLflow ? MLflowCodes[code] : code, (string?)body[form.Code]);
        Assert.Contains(named, (string)body[form.Text]!, StringComparison.Ordinal);
    }

    // /v2 and MLflow's routes have forms of their own, that of /v2 without codes.
    private static (string? Code, string Text, bool IsMLflow) FormOf(string path) =>
        path.StartsWith("/v2", StringComparison.Ordinal) ? (null, "error", false)
        : MLflowErrors.Prefixes.Any(prefix => path.StartsWith(prefix, StringComparison.Ordinal)) ? ("error_code", "message", true)
        : ("code", "detail", false);

    private IEnumerable<(string Method, string Path, AccessRuleAttribute? Rule)> Routes() => platform.Endpoints.SelectMany(endpoint =>
        endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()!.HttpMethods.Select(method => (method, PathOf(endpoint), Rule(endpoint))));

    private static AccessRuleAttribute? Rule(RouteEndpoint endpoint) => endpoint.Metadata.GetMetadata<AccessRuleAttribute>();

    private static string PathOf(RouteEndpoint endpoint) =>
        Segment().Replace(
            "/" + endpoint.RoutePattern.RawText!.Trim('/').Replace("{documentName}", "v1", StringComparison.Ordinal),
            segment => segment.Value.EndsWith(":int}", StringComparison.Ordinal) ? "1" : "none");

    private static async Task<HttpResponseMessage> SendAsync(HttpClient http, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method is "POST" or "PUT") request.Content = new StringContent("{}", System.Text.Encoding.UTF8, "application/json");
        return await http.SendAsync(request);
    }

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Segment();
}
