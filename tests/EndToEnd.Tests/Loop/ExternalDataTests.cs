using System.Net;
using System.Text.Json.Nodes;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestModels;

namespace Platform.EndToEnd.Tests.Loop;

/// <summary>A model whose weights lie in files of their own, over the whole platform.</summary>
public abstract class ExternalDataTests(RunningPlatform platform)
{
    private readonly PlatformApi _api = platform.Api;

    [Fact]
    public async Task A_model_in_several_files_is_served_explained_and_a_part_of_a_pipeline()
    {
        await RegisterAsync("external");
        await UploadAsync("external", Form());
        await _api.PromoteAsync("external", "1").JsonAsync();
        await _api.UntilReadyAsync("external");

        var answer = await _api.PostAsync("/v2/models/external/infer", Request()).JsonAsync();
        var explanation = await _api.PostAsync("/v1/models/external/explanations", new JsonObject { ["inputs"] = new JsonArray(Tensor()), ["seed"] = 1 }).JsonAsync();

        Assert.Equal([1, 20.5, 299], Data(answer));
        Assert.Equal([1, 20.5, 299], explanation["rows"]![0]!["prediction"]!.AsArray().Select(value => (double)value!));

        await RegisterAsync("external-pipeline");
        await _api.PostAsync("/v1/models/external-pipeline/versions", JsonNode.Parse("""
            {"kind":"pipeline","inputs":[{"name":"x","datatype":"FP32","shape":[-1,3]}],
             "steps":[{"name":"layer","model":"external","version":"champion","inputs":{"x":"input.x"}},
                      {"name":"again","model":"external","version":"1","inputs":{"x":"layer.y"}}],
             "outputs":{"y":"again.y"}}
            """)!).JsonAsync(HttpStatusCode.Created);
        await _api.PromoteAsync("external-pipeline", "1").JsonAsync();
        await _api.UntilReadyAsync("external-pipeline");

        Assert.Equal([1, 205.5, 29899], Data(await _api.PostAsync("/v2/models/external-pipeline/infer", Request()).JsonAsync()));
    }

    private Task RegisterAsync(string name) => _api.PostAsync("/v1/models", new JsonObject { ["name"] = name }).JsonAsync(HttpStatusCode.Created);

    private Task UploadAsync(string model, MultipartFormDataContent form) => _api.UploadAsync(model, form).JsonAsync(HttpStatusCode.Created);

    private static MultipartFormDataContent Form()
    {
        var model = ExternalModels.Layer();
        var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(model.Model), "model", "model.onnx" },
            { new StringContent("x1,x2,x3\n1,2,3\n0,1,0\n2,0,1\n"), "reference", "reference.csv" },
        };
        foreach (var (name, content) in model.Files) form.Add(new ByteArrayContent(content), "data", name);
        return form;
    }

    private static JsonObject Request() => new() { ["inputs"] = new JsonArray(Tensor()) };

    private static JsonObject Tensor() => new()
    {
        ["name"] = "x", ["datatype"] = "FP32", ["shape"] = new JsonArray(1, 3), ["data"] = new JsonArray(1, 2, 3),
    };

    private static IEnumerable<double> Data(JsonNode answer) => answer["outputs"]![0]!["data"]!.AsArray().Select(value => (double)value!);
}
