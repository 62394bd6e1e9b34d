using System.Net;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Surface;

public abstract class OperationsTests(RunningPlatform platform)
{
    private readonly PlatformApi _api = platform.Api;

    [Fact]
    public async Task Health_answers_by_what_it_means()
    {
        await _api.ReadAsync("/health/live");
        Assert.True((bool?)(await _api.ReadAsync("/health/ready"))["ready"]);
    }

    [Fact]
    public async Task JSON_is_indented_on_request_and_ends_with_one_line_break()
    {
        foreach (var path in new[] { "/v1/deployments", "/v1/alert-rules", "/v2", "/v1/models/nobody", "/v2/models/nobody", "/v1/nothing" })
        {
            Assert.Matches("^\\{\"[^\n]*\\}\n$", await TextAsync(path));
            Assert.Matches("^\\{\n  \"[^\0]*[^\n]\n\\}\n$", await TextAsync(path + "?pretty"));
        }
    }

    [Fact]
    public async Task What_is_not_there_is_told_in_the_form_of_its_surface()
    {
        await _api.GetAsync("/v1/nothing").ProblemAsync(HttpStatusCode.NotFound, "route.not_found");
        Assert.NotEmpty((string?)(await _api.GetAsync("/v2/nothing").JsonAsync(HttpStatusCode.NotFound))["error"] ?? "");
    }

    private async Task<string> TextAsync(string path)
    {
        using var response = await _api.GetAsync(path);
        return await response.Content.ReadAsStringAsync();
    }
}
