using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.Inference.Models;
using Platform.Inference.Tests.Predictions;
using Platform.TestModels;

namespace Platform.Inference.Tests.Models;

public sealed class OnDemandTests
{
    private const string Row = """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}],"outputs":[{"name":"sum"}]}""";

    [Fact]
    public async Task A_version_without_an_alias_is_loaded_when_it_is_called_by_number()
    {
        await using var host = await InferenceHost.StartAsync(registry =>
        {
            registry.Deploy("m", "2", Version(2));
            registry.Register("m", "1", Version(1).ToArray());
        });

        var sums = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => SumAsync(host, "/v2/models/m/versions/1/infer")));

        Assert.All(sums, sum => Assert.Equal(6, sum));
        Assert.Equal(12, await SumAsync(host, "/v2/models/m/infer"));
        Assert.Equal(2, Table(host).Loaded.Count());
        await InferTests.ErrorAsync(host.PostAsync("/v2/models/m/versions/3/infer", Row), HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task A_version_that_was_called_by_number_stays_when_an_alias_moves()
    {
        await using var host = await InferenceHost.StartAsync(registry =>
        {
            registry.Deploy("m", "2", Version(2));
            registry.Register("m", "1", Version(1).ToArray());
        });
        await SumAsync(host, "/v2/models/m/versions/1/infer");
        host.Registry.Deploy("m", "3", Version(3));
        await host.SwitchAsync("m", "3");

        Assert.Equal(["1", "3"], Table(host).Find("m")!.Versions.Select(slot => slot.Version));
    }

    [Fact]
    public async Task A_version_that_cannot_be_loaded_is_refused_with_the_reason_and_forgotten()
    {
        await using var host = await InferenceHost.StartAsync(registry =>
        {
            registry.Deploy("m", "2", Version(2));
            registry.Register("m", "1", [1, 2, 3]);
        });

        Assert.Contains("could not be loaded", await InferTests.ErrorAsync(
            host.PostAsync("/v2/models/m/versions/1/infer", Row), HttpStatusCode.BadRequest));
        await InferTests.ErrorAsync(host.Http.GetAsync("/v2/models/m/versions/1/ready"), HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task Versions_that_were_not_called_for_longest_make_room_and_come_back_when_called()
    {
        await using var host = await InferenceHost.StartAsync(
            registry =>
            {
                for (var i = 0; i < 8; i++) registry.Deploy($"m{i}", "1", Version(i));
            },
            new KeyValuePair<string, string?>("Inference:MaxModelBytes", (4 << 20).ToString()));

        Assert.InRange(Table(host).Loaded.Count(), 1, 4);
        for (var round = 0; round < 3; round++)
            for (var i = 0; i < 8; i++) Assert.Equal(i * 6, await SumAsync(host, $"/v2/models/m{i}/infer"));
        Assert.InRange(Table(host).Loaded.Count(), 1, 4);
    }

    [Fact]
    public async Task A_hundred_models_are_called_at_once_with_room_for_twenty_and_every_call_is_answered()
    {
        const int models = 100, room = 20;
        await using var host = await InferenceHost.StartAsync(
            registry =>
            {
                for (var i = 0; i < models; i++) registry.Deploy($"m{i}", "1", Version(i));
            },
            new KeyValuePair<string, string?>("Inference:MaxModelBytes", (room * ((1 << 20) + Version(0).ToArray().Length)).ToString()));

        await Task.WhenAll(Enumerable.Range(0, models).Select(i => CallAsync(i)));
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async caller =>
        {
            var random = new Random(caller);
            for (var round = 0; round < 30; round++) await CallAsync(random.Next(models));
        }));

        Assert.InRange(Table(host).Loaded.Count(), 1, room);

        async Task CallAsync(int i) => Assert.Equal(i * 6, await SumAsync(host, $"/v2/models/m{i}/infer"));
    }

    private static ModelTable Table(InferenceHost host) => host.Services.GetRequiredService<ModelTable>();

    private static OnnxFile Version(int number) => TinyModels.Linear(number, number, number);

    private static async Task<float> SumAsync(InferenceHost host, string path) =>
        (float)(await TestKit.HttpAnswers.JsonAsync(host.PostAsync(path, Row)))["outputs"]![0]!["data"]![0]!;
}
