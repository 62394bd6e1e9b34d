using MassTransit;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Inference;
using Platform.TestKit;
using Platform.TestModels;
using static Platform.Inference.Tests.Jobs.JobClient;

namespace Platform.Inference.Tests.Jobs;

public sealed class SilentRegistryTests
{
    private const int Silences = 3;

    [Fact]
    public async Task A_job_for_whose_version_the_registry_does_not_answer_in_time_is_tried_again_until_it_does()
    {
        await using var host = await InferenceHost.StartAsync(
            registry => registry.Register("linear", "1", TinyModels.Linear().ToArray()), new KeyValuePair<string, string?>("Registry:Patience", "00:00:00.200"));
        host.Registry.StaySilent(Silences);

        var command = new SubmitPrediction { JobId = "patient", Model = "linear", Version = "1", Request = System.Text.Json.JsonElement.Parse(Row) };
        await host.Services.GetRequiredService<IBus>().Publish(command);

        await Eventually.TrueAsync(async () => (await host.Http.GetAsync("/v1/jobs/patient")).IsSuccessStatusCode, "the job is stored");
        var job = await host.Http.JobAsync("patient", job => job["finishedAt"] is not null, "the job ends");
        Assert.Equal(("succeeded", 1), ((string)job["state"]!, (int)job["attempts"]!));
        Assert.True(host.Registry.VersionsAsked > Silences);
    }
}
