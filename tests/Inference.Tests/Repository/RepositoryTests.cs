using System.Net;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.Inference.Models;
using Platform.Inference.Tests.Predictions;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Repository;

public sealed class RepositoryTests
{
    private const string Row = """{"inputs":[{"name":"x","shape":[1,3],"datatype":"FP32","data":[1,2,3]}]}""";

    [Fact]
    public async Task The_index_names_what_serves_and_what_cannot()
    {
        await using var host = await StartAsync();

        var all = await host.PostAsync("/v2/repository/index", "{}").JsonAsync();
        var ready = await host.PostAsync("/v2/repository/index", """{"ready":true}""").JsonAsync();

        Assert.Equal("""[{"name":"m","version":"1","state":"READY","reason":""}]""", ready.ToJsonString());
        Assert.Equal(["READY", "UNAVAILABLE"], all.AsArray().Select(entry => (string?)entry!["state"]));
        Assert.Equal("broken", (string?)all[1]!["name"]);
        Assert.NotEmpty((string)all[1]!["reason"]!);
        Assert.Equal(2, (await host.Http.PostAsync("/v2/repository/index", null).JsonAsync()).AsArray().Count);
    }

    [Fact]
    public async Task A_model_can_be_taken_out_of_service_and_brought_back()
    {
        await using var host = await StartAsync();

        (await host.PostAsync("/v2/repository/models/m/unload", """{"parameters":{"unload_dependents":false}}""")).EnsureSuccessStatusCode();
        await InferTests.ErrorAsync(host.PostAsync("/v2/models/m/infer", Row), HttpStatusCode.NotFound);
        await InferTests.ErrorAsync(host.PostAsync("/v2/models/m/versions/1/infer", Row), HttpStatusCode.NotFound);
        await InferTests.ErrorAsync(host.Http.GetAsync("/v2/models/m/ready"), HttpStatusCode.BadRequest);
        host.Signal();
        await Eventually.TrueAsync(async () => (await host.PostAsync("/v2/repository/index", "{}").JsonAsync()).AsArray()
            .Any(entry => (string?)entry!["reason"] == "unloaded"), "the index says that it is unloaded");

        (await host.PostAsync("/v2/repository/models/m/load", "")).EnsureSuccessStatusCode();
        await host.InferAsync("m", Row);
    }

    [Fact]
    public async Task Batch_settings_change_while_the_model_serves()
    {
        await using var host = await StartAsync();
        var before = host.Services.GetRequiredService<ModelTable>().FindSlot("m", null)!.Loaded;

        (await host.PostAsync("/v2/repository/models/m/load", """
            {"parameters":{"config":"{\"max_batch_size\":16,\"instance_group\":[{\"count\":3}],\"dynamic_batching\":{\"preferred_batch_size\":[8],\"max_queue_delay_microseconds\":50,\"priority_levels\":5,\"default_priority_level\":4,\"default_queue_policy\":{\"max_queue_size\":7}}}"}}
            """)).EnsureSuccessStatusCode();
        var config = await host.Http.GetAsync("/v2/models/m/config").JsonAsync();

        Assert.Equal(16, (int?)config["max_batch_size"]);
        Assert.Equal(3, (int?)config["instance_group"]![0]!["count"]);
        Assert.Equal("""{"preferred_batch_size":[8],"max_queue_delay_microseconds":50,"priority_levels":5,"default_priority_level":4,"default_queue_policy":{"max_queue_size":7}}""",
            config["dynamic_batching"]!.ToJsonString());
        Assert.Same(before, host.Services.GetRequiredService<ModelTable>().FindSlot("m", null)!.Loaded);
        await host.InferAsync("m", Row);
    }

    [Theory]
    [InlineData("m")]
    [InlineData("fixed")]
    [InlineData("optional")]
    public async Task A_configuration_can_be_read_and_written_back(string model)
    {
        await using var host = await StartAsync();
        host.Registry.Deploy("fixed", "1", TinyModels.FixedShape());
        host.Registry.Deploy("optional", "1", TinyModels.OptionalInputs());
        await host.SwitchAsync("fixed", "1");
        await host.SwitchAsync("optional", "1");
        var before = await host.Http.GetAsync($"/v2/models/{model}/config").JsonAsync();

        (await LoadAsync(host, model, before.ToJsonString())).EnsureSuccessStatusCode();

        Assert.Equal(before.ToJsonString(), (await host.Http.GetAsync($"/v2/models/{model}/config").JsonAsync()).ToJsonString());
    }

    [Theory]
    [InlineData("""{"unknown":1}""", "'unknown' is unknown")]
    [InlineData("""{"dynamic_batching":{"unknown":null,"other":0}}""", "'dynamic_batching.other' is unknown")]
    [InlineData("""{"version_policy":{"latest":{"num_versions":2}}}""", "'version_policy' is not supported here")]
    [InlineData("""{"optimization":{"cuda":{"graphs":true}}}""", "'optimization' is not supported here")]
    [InlineData("""{"instance_group":[{"count":1},{"count":2}]}""", "'instance_group' takes one group here")]
    [InlineData("""{"instance_group":[{"count":1,"gpus":[0]}]}""", "'instance_group[0].gpus' is not supported here")]
    [InlineData("""{"instance_group":[{"kind":"KIND_GPU"}]}""", "'instance_group[0].kind' cannot be KIND_GPU: the model runs on KIND_CPU")]
    [InlineData("""{"dynamic_batching":{"preferred_batch_size":[4,8]}}""", "'dynamic_batching.preferred_batch_size' takes one size here")]
    [InlineData("""{"dynamic_batching":{"preserve_ordering":true}}""", "'dynamic_batching.preserve_ordering' is not supported here")]
    [InlineData("""{"dynamic_batching":{"default_queue_policy":{"timeout_action":"DELAY"}}}""", "'dynamic_batching.default_queue_policy.timeout_action' cannot be other than REJECT")]
    [InlineData("""{"dynamic_batching":{"default_queue_policy":{"default_timeout_microseconds":"10"}}}""", "default_timeout_microseconds' is not supported here")]
    [InlineData("""{"dynamic_batching":{"default_queue_policy":{"allow_timeout_override":false}}}""", "allow_timeout_override' cannot be false")]
    [InlineData("""{"input":[{"name":"x","optional":true}]}""", "'input' says of 'x' what the model's file does not")]
    [InlineData("""{"sequence_batching":{}}""", "'sequence_batching' is not supported here")]
    [InlineData("""{"ensembleScheduling":{}}""", "'ensemble_scheduling' is not supported here")]
    [InlineData("""{"batching":{"rows_share_runs":false}}""", "'batching.rows_share_runs' cannot be false")]
    [InlineData("""{"batching":{"rows":1}}""", "'batching.rows' is unknown")]
    [InlineData("""{"name":"other"}""", "'name' cannot be other than 'm'")]
    [InlineData("""{"platform":"tensorrt_plan"}""", "'platform' cannot be other than 'onnxruntime_onnx'")]
    [InlineData("""{"input":[{"name":"x","data_type":"TYPE_INT64","dims":[3]}]}""", "'input' says of 'x' what the model's file does not")]
    [InlineData("""{"output":[{"name":"nope"}]}""", "'output' says of 'nope' what the model's file does not")]
    [InlineData("""{"max_batch_size":"many"}""", "'max_batch_size' must be a whole number")]
    [InlineData("""{"max_batch_size":1.5}""", "'max_batch_size' must be a whole number")]
    [InlineData("""{"max_batch_size":99999999999}""", "'max_batch_size' is out of range")]
    [InlineData("""{"dynamic_batching":7}""", "'dynamic_batching' must be an object")]
    [InlineData("""{"instance_group":{"count":1}}""", "'instance_group' must be a list")]
    public async Task What_a_configuration_says_and_nothing_honours_is_refused_by_name(string config, string expected)
    {
        await using var host = await StartAsync();
        var before = await host.Http.GetAsync("/v2/models/m/config").JsonAsync();

        Assert.Contains(expected, await InferTests.ErrorAsync(LoadAsync(host, "m", config), HttpStatusCode.BadRequest));

        Assert.Equal(before.ToJsonString(), (await host.Http.GetAsync("/v2/models/m/config").JsonAsync()).ToJsonString());
    }

    [Fact]
    public async Task Numbers_may_be_text_and_names_in_camel_case_as_protobuf_writes_them()
    {
        await using var host = await StartAsync();

        (await LoadAsync(host, "m", """
            {"maxBatchSize":"16","dynamicBatching":{"maxQueueDelayMicroseconds":"100","preferredBatchSize":["8"],"defaultQueuePolicy":{"maxQueueSize":"7"},
             "priorityQueuePolicy":{},"preserveOrdering":false},"instanceGroup":[{"count":"3","kind":"KIND_AUTO","gpus":[]}],"optimization":{},"modelWarmup":[]}
            """)).EnsureSuccessStatusCode();

        var config = await host.Http.GetAsync("/v2/models/m/config").JsonAsync();
        Assert.Equal((16, 3), ((int)config["max_batch_size"]!, (int)config["instance_group"]![0]!["count"]!));
        var batching = config["dynamic_batching"]!;
        Assert.Equal((100, 8, 7), ((int)batching["max_queue_delay_microseconds"]!, (int)batching["preferred_batch_size"]![0]!, (int)batching["default_queue_policy"]!["max_queue_size"]!));
    }

    [Fact]
    public async Task A_load_without_a_configuration_ends_what_an_earlier_one_has_set()
    {
        await using var host = await StartAsync();
        var before = await host.Http.GetAsync("/v2/models/m/config").JsonAsync();
        (await LoadAsync(host, "m", """{"max_batch_size":7}""")).EnsureSuccessStatusCode();
        Assert.Equal(7, (int?)(await host.Http.GetAsync("/v2/models/m/config").JsonAsync())["max_batch_size"]);

        (await host.PostAsync("/v2/repository/models/m/load", """{"parameters":{"config":null}}""")).EnsureSuccessStatusCode();

        Assert.Equal(before.ToJsonString(), (await host.Http.GetAsync("/v2/models/m/config").JsonAsync()).ToJsonString());
    }

    [Fact]
    public async Task A_configuration_begins_with_what_the_service_is_configured_with()
    {
        await using var host = await StartAsync();
        (await LoadAsync(host, "m", """{"max_batch_size":7}""")).EnsureSuccessStatusCode();

        (await LoadAsync(host, "m", """{"instance_group":[{"count":3}]}""")).EnsureSuccessStatusCode();

        Assert.Null(host.Services.GetRequiredService<ModelSettings>().Of("m").MaxBatchSize);
    }

    [Fact]
    public async Task A_configuration_without_batches_ends_batching()
    {
        await using var host = await StartAsync();

        (await LoadAsync(host, "m", """{"max_batch_size":0}""")).EnsureSuccessStatusCode();

        Assert.Equal(1, (int?)(await host.Http.GetAsync("/v2/models/m/config").JsonAsync())["max_batch_size"]);
    }

    [Fact]
    public async Task Settings_for_a_model_that_is_not_there_are_not_kept()
    {
        await using var host = await StartAsync();
        await InferTests.ErrorAsync(LoadAsync(host, "later", """{"max_batch_size":7}"""), HttpStatusCode.NotFound);

        host.Registry.Deploy("later", "1", TinyModels.Linear());
        await host.SwitchAsync("later", "1");

        Assert.Null(host.Services.GetRequiredService<ModelSettings>().Of("later").MaxBatchSize);
    }

    [Fact]
    public async Task A_version_that_could_not_be_loaded_and_is_not_wanted_any_more_is_forgotten()
    {
        await using var host = await StartAsync();

        host.Registry.Deploy("broken", "0", TinyModels.Linear());

        (await host.PostAsync("/v2/repository/models/broken/load", "")).EnsureSuccessStatusCode();
        Assert.All((await host.PostAsync("/v2/repository/index", "{}").JsonAsync()).AsArray(), entry => Assert.Equal("READY", (string?)entry!["state"]));
    }

    [Theory]
    [InlineData("nobody", "", HttpStatusCode.NotFound, "no deployment")]
    [InlineData("broken", "", HttpStatusCode.BadRequest, "could not be loaded")]
    [InlineData("m", """{"parameters":{"config":"[]"}}""", HttpStatusCode.BadRequest, "'config'")]
    [InlineData("m", """{"parameters":{"config":"{"}}""", HttpStatusCode.BadRequest, "'config'")]
    [InlineData("m", """{"parameters":{"config":"\ud800"}}""", HttpStatusCode.BadRequest, "'config'")]
    [InlineData("m", """{"parameters":{"config":"{\"max_batch_size\":-1,\"dynamic_batching\":{\"default_priority_level\":9}}"}}""", HttpStatusCode.BadRequest, "max_batch_size must be 0 to 65536; default_priority_level")]
    [InlineData("m", """{"parameters":{"file:1/model.onnx":"AAAA"}}""", HttpStatusCode.BadRequest, "registering a version")]
    [InlineData("m", """{"parameters":{"priority":1}}""", HttpStatusCode.BadRequest, "no parameter 'priority'")]
    public async Task A_load_that_is_not_possible_says_why(string model, string body, HttpStatusCode status, string expected)
    {
        await using var host = await StartAsync();

        Assert.Contains(expected, await InferTests.ErrorAsync(host.PostAsync($"/v2/repository/models/{model}/load", body), status));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("application/json")]
    [InlineData("application/octet-stream")]
    public async Task Bodies_are_read_as_the_protocols_clients_send_them(string? type)
    {
        await using var host = await StartAsync();

        foreach (var path in new[] { "index", "models/m/load", "models/m/unload" })
        {
            using var content = new ByteArrayContent("{}"u8.ToArray());
            if (type is not null) content.Headers.ContentType = new(type);
            using var response = await host.Http.PostAsync($"/v2/repository/{path}", content);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        }
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("""{"ready":"yes","parameters":[]}""")]
    public async Task A_body_of_another_form_is_refused_with_an_example(string body)
    {
        await using var host = await StartAsync();

        foreach (var path in new[] { "index", "models/m/load", "models/m/unload" })
            Assert.Contains("a JSON object like {", await InferTests.ErrorAsync(host.PostAsync($"/v2/repository/{path}", body), HttpStatusCode.BadRequest));
    }

    [Fact]
    public async Task A_body_beyond_a_mebibyte_is_refused()
    {
        await using var host = await StartAsync();

        await InferTests.ErrorAsync(
            host.PostAsync("/v2/repository/models/m/load", $$$"""{"parameters":{"config":"{{{new string(' ', 1 << 20)}}}"}}"""),
            HttpStatusCode.RequestEntityTooLarge);
    }

    [Fact]
    public async Task A_load_while_the_registry_is_away_is_answered_with_503()
    {
        await using var host = await StartAsync();
        await host.Registry.StopAsync();

        await InferTests.ErrorAsync(host.PostAsync("/v2/repository/models/m/load", "{}"), HttpStatusCode.ServiceUnavailable);
        await InferTests.ErrorAsync(host.PostAsync("/v2/models/m/versions/7/infer", Row), HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task An_unknown_model_cannot_be_unloaded()
    {
        await using var host = await StartAsync();

        await InferTests.ErrorAsync(host.PostAsync("/v2/repository/models/nobody/unload", ""), HttpStatusCode.NotFound);
    }

    private static Task<InferenceHost> StartAsync() => InferenceHost.StartAsync(registry =>
    {
        registry.Deploy("m", "1", TinyModels.Linear());
        registry.Deploy("broken", "1", [1, 2, 3]);
    });

    private static Task<HttpResponseMessage> LoadAsync(InferenceHost host, string model, string config) => host.PostAsync(
        $"/v2/repository/models/{model}/load", new JsonObject { ["parameters"] = new JsonObject { ["config"] = config } }.ToJsonString());
}
