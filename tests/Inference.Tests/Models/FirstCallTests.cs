using System.Diagnostics;
using System.Net;
using Microsoft.Extensions.DependencyInjection;
using Platform.Contracts.Inference;
using Platform.Inference.Models;
using Platform.Inference.Tests.Predictions;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Models;

/// <summary>Calls of what this process has not heard of: no event comes, and the next look at the snapshot is an hour away.</summary>
public sealed class FirstCallTests
{
    private const string Row = """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}],"outputs":[{"name":"sum"}]}""";

    [Theory]
    [InlineData("/v2/models/new/infer")]
    [InlineData("/v2/models/new/versions/champion/infer")]
    public async Task A_model_that_was_promoted_a_moment_ago_answers_all_who_call_at_once(string path)
    {
        await using var host = await StartAsync();
        host.Registry.Deploy("new", "1", Version(1));

        var sums = await Task.WhenAll(Enumerable.Range(0, 64).Select(_ => SumAsync(host, path)));

        Assert.All(sums, sum => Assert.Equal(6, sum));
        Assert.Equal("1", host.Models.FindSlot("new", "champion")?.Version);
    }

    [Fact]
    public async Task A_new_alias_of_a_model_that_serves_answers_beside_the_others()
    {
        await using var host = await StartAsync();
        host.Registry.Deploy("m", "2", Version(2), alias: "challenger");

        Assert.Equal(12, await SumAsync(host, "/v2/models/m/versions/challenger/infer"));
        Assert.Equal(6, await SumAsync(host, "/v2/models/m/infer"));
    }

    [Fact]
    public async Task A_model_that_was_called_in_vain_answers_once_it_is_promoted()
    {
        await using var host = await StartAsync();
        await UnknownAsync(host, "new");

        host.Registry.Deploy("new", "1", Version(1));

        Assert.Equal(6, await SumAsync(host, "/v2/models/new/infer"));
    }

    [Fact]
    public async Task A_call_that_meets_the_event_does_not_load_the_version_a_second_time()
    {
        await using var host = await StartAsync();
        var loaded = await host.HearAsync<ModelLoaded>();
        host.Registry.Deploy("new", "1", Version(1));

        host.Signal();
        await SumAsync(host, "/v2/models/new/infer");
        host.Registry.Deploy("m", "2", Version(2));
        await host.SwitchAsync("m", "2");
        await Eventually.TrueAsync(() => Heard("m") == 1, "what was loaded after it is announced");

        Assert.Equal(1, Heard("new"));

        int Heard(string model)
        {
            lock (loaded) return loaded.Count(message => message.Model == model);
        }
    }

    [Fact]
    public async Task A_model_that_cannot_be_loaded_stays_unknown_and_the_index_says_why()
    {
        await using var host = await StartAsync();
        host.Registry.Deploy("broken", "1", [1, 2, 3]);

        await UnknownAsync(host, "broken");
        await UnknownAsync(host, "broken");

        Assert.Contains(("broken", "1"), host.Services.GetRequiredService<DeploymentSync>().Failures.Keys);
    }

    [Fact]
    public async Task What_an_operator_took_out_of_service_is_not_asked_for()
    {
        await using var host = await StartAsync();
        (await host.PostAsync("/v2/repository/models/m/unload", "")).EnsureSuccessStatusCode();

        await UnknownAsync(host, "m");

        Assert.Equal(0, host.Registry.VersionsAsked);
    }

    [Fact]
    public async Task What_is_not_known_is_unknown_while_the_registry_is_away()
    {
        await using var host = await StartAsync();
        await host.Registry.StopAsync();

        await UnknownAsync(host, "new");
        await InferTests.ErrorAsync(host.PostAsync("/v2/models/m/versions/challenger/infer", Row), HttpStatusCode.NotFound);
        Assert.Equal(6, await SumAsync(host, "/v2/models/m/infer"));
    }

    [Fact]
    public async Task What_is_not_known_is_unknown_while_the_registry_does_not_answer()
    {
        await using var host = await StartAsync(patience: "00:00:00.100");
        host.Registry.StaySilent(int.MaxValue);

        await UnknownAsync(host, "new");
    }

    [Fact]
    public async Task However_many_names_are_called_the_registry_is_asked_for_few()
    {
        const int names = 500, atOnce = 100, aSecond = 20;
        await using var host = await StartAsync();

        var took = Stopwatch.StartNew();
        for (var i = 0; i < names; i++) await UnknownAsync(host, $"name-{i}");

        Assert.InRange(host.Registry.VersionsAsked, 1, atOnce + (aSecond * (took.Elapsed.TotalSeconds + 1)));
    }

    [Theory]
    [InlineData("New")]
    [InlineData("..%2Fnew")]
    [InlineData("new%0A")]
    public async Task A_name_that_no_model_can_have_is_not_asked_for(string name)
    {
        await using var host = await StartAsync();

        await UnknownAsync(host, name);

        Assert.Equal(0, host.Registry.VersionsAsked);
    }

    /// <summary>By default more patience than a busy machine can use up.</summary>
    private static Task<InferenceHost> StartAsync(string patience = "00:01:00") => InferenceHost.StartAsync(
        registry => registry.Deploy("m", "1", Version(1)),
        new("Registry:ReconcileInterval", "01:00:00"), new("Registry:Patience", "00:01:00"), new("Inference:FirstCallPatience", patience));

    private static OnnxFile Version(int number) => TinyModels.Linear(number, number, number);

    private static Task<string> UnknownAsync(InferenceHost host, string model) =>
        InferTests.ErrorAsync(host.PostAsync($"/v2/models/{model}/infer", Row), HttpStatusCode.NotFound);

    private static async Task<float> SumAsync(InferenceHost host, string path) =>
        (float)(await host.PostAsync(path, Row).JsonAsync())["outputs"]![0]!["data"]![0]!;
}
