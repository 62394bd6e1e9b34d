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
    public async Task What_is_not_there_is_told_in_the_form_of_its_surface()
    {
        await _api.GetAsync("/v1/nothing").ProblemAsync(HttpStatusCode.NotFound, "route.not_found");
        Assert.NotEmpty((string?)(await _api.GetAsync("/v2/nothing").JsonAsync(HttpStatusCode.NotFound))["error"] ?? "");
    }
}
