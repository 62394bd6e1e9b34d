using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json.Nodes;
using Platform.EndToEnd.Tests.Running;
using Platform.TestKit;
using Platform.TestKit.Api;

namespace Platform.EndToEnd.Tests.Loop;

/// <summary>A pipeline of two sample versions goes the way of every version: gates, every transport, the log, the monitor, explanations.</summary>
public abstract class PipelineTests(RunningPlatform platform)
{
    private const int Rows = 4;
    private const string HeaderLength = "Inference-Header-Content-Length";

    private readonly PlatformApi _api = platform.Api;

    /// <summary>For what the description of the API does not tell of: raw tensors in answers, and gRPC.</summary>
    private HttpClient NewPlainClient() => new()
    {
        BaseAddress = _api.Http.BaseAddress, Timeout = Eventually.Patience, DefaultRequestHeaders = { Authorization = _api.Http.DefaultRequestHeaders.Authorization },
    };

    [Fact]
    public async Task A_pipeline_of_two_samples_is_promoted_called_every_way_logged_monitored_and_explained()
    {
        await ServeAsync("blend");
        var rows = CreditSample.Usual.Take(Rows).ToList();
        var (first, second) = (await ScoresAsync("blend-part", "1", rows), await ScoresAsync("blend-part", "2", rows));
        var expected = first.Zip(second, (one, other) => 0.75 * one + 0.25 * other).ToList();

        AssertNear(expected, await ScoresAsync("blend", "champion", rows));
        AssertNear(expected, await BinaryAsync("blend", rows));
        AssertNear(expected, await GrpcAsync("blend", rows));
        AssertNear(expected, await JobAsync("blend", rows));
        Assert.Equal("ensemble", (string?)(await _api.ReadAsync("/v2/models/blend"))["platform"]);
        Assert.True((bool?)(await _api.ReadAsync("/v2/models/blend"))["parameters"]!["batching"]);

        await IsMonitoredAsync("blend");
        await IsExplainedAsync("blend", rows[0], expected[..2]);
    }

    private async Task ServeAsync(string model)
    {
        var part = $"{model}-part";
        await _api.ServeCreditAsync(part);
        await _api.PostAsync("/v1/models", new JsonObject { ["name"] = model, ["gates"] = JsonNode.Parse("""{"metrics":{"accuracy":{"atLeast":0.7}}}""") })
            .JsonAsync(HttpStatusCode.Created);
        var made = await _api.PostAsync($"/v1/models/{model}/versions", Blend(part)).JsonAsync(HttpStatusCode.Created);
        Assert.Equal([("1", "champion"), ("2", null)], made["parts"]!.AsArray().Select(each => ((string?)each!["version"], (string?)each["alias"])));
        await _api.PromoteAsync(model, "1").JsonAsync();
        await _api.UntilReadyAsync(model);
    }

    private static JsonObject Blend(string part)
    {
        var pipeline = JsonNode.Parse($$$"""
            {"kind":"pipeline","inputs":[{"name":"input","datatype":"FP32","shape":[-1,20]}],
             "steps":[{"name":"old","model":"{{{part}}}","version":"champion","inputs":{"input":"input.input"}},
                      {"name":"new","model":"{{{part}}}","version":"2","inputs":{"input":"input.input"}}],
             "combine":{"kind":"weighted","of":["old.probabilities","new.probabilities"],"weights":[3,1]},
             "outputs":{"probabilities":"combine.output"}}
            """)!.AsObject();
        var folder = Repository.PathOf("samples", "credit", "v1");
        pipeline["metadata"] = JsonNode.Parse(File.ReadAllText(Path.Combine(folder, "metadata.json")));
        pipeline["reference"] = Table(File.ReadAllLines(Path.Combine(folder, "reference.csv")));
        return pipeline;
    }

    private static JsonArray Table(string[] lines)
    {
        var names = lines[0].Split(',');
        return [.. lines[1..].Select(line => new JsonObject(names.Zip(line.Split(','), (name, cell) => KeyValuePair.Create(name, Cell(cell)))))];
    }

    private static JsonNode? Cell(string text) => text.Length == 0 ? null
        : double.TryParse(text, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number) : JsonValue.Create(text);

    private async Task<List<double>> ScoresAsync(string model, string version, IReadOnlyList<CreditRow> rows) =>
        Read(await _api.PostAsync($"/v2/models/{model}/versions/{version}/infer", PlatformApi.InferBody(rows)).JsonAsync());

    private async Task<List<double>> BinaryAsync(string model, IReadOnlyList<CreditRow> rows)
    {
        var values = MemoryMarshal.AsBytes(Values(rows).AsSpan()).ToArray();
        var head = Encoding.UTF8.GetBytes($$$"""
            {"inputs":[{"name":"input","datatype":"FP32","shape":[{{{rows.Count}}},20],"parameters":{"binary_data_size":{{{values.Length}}} }}],"parameters":{"binary_data_output":true}}
            """);
        using var content = new ByteArrayContent([.. head, .. values]);
        content.Headers.Add(HeaderLength, $"{head.Length}");
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        using var client = NewPlainClient();
        using var answer = await client.PostAsync($"/v2/models/{model}/infer", content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        var length = int.Parse(answer.Headers.TryGetValues(HeaderLength, out var lengths) ? lengths.Single() : answer.Content.Headers.GetValues(HeaderLength).Single(), CultureInfo.InvariantCulture);
        return Floats((await answer.Content.ReadAsByteArrayAsync())[length..]);
    }

    /// <summary>The call as it is on the wire: a frame of five bytes, then the message.</summary>
    private async Task<List<double>> GrpcAsync(string model, IReadOnlyList<CreditRow> rows)
    {
        byte[] tensor = [.. Field(1, "input"u8), .. Field(2, "FP32"u8), 0x1a, 2, (byte)rows.Count, 20];
        byte[] message = [.. Field(1, Encoding.UTF8.GetBytes(model)), .. Field(5, tensor), .. Field(7, MemoryMarshal.AsBytes(Values(rows).AsSpan()))];
        var size = BitConverter.GetBytes(IPAddress.HostToNetworkOrder(message.Length));
        using var content = new ByteArrayContent([0, .. size, .. message]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/inference.GRPCInferenceService/ModelInfer")
        {
            Content = content, Version = HttpVersion.Version20, VersionPolicy = HttpVersionPolicy.RequestVersionExact, Headers = { TE = { new TransferCodingWithQualityHeaderValue("trailers") } },
        };
        using var client = NewPlainClient();
        using var response = await client.SendAsync(request);
        var answer = await response.Content.ReadAsByteArrayAsync();
        Assert.Equal("0", response.TrailingHeaders.GetValues("grpc-status").Single());
        return Floats(answer[^(rows.Count * 2 * sizeof(float))..]); // the raw contents of the only output come last
    }

    private async Task<List<double>> JobAsync(string model, IReadOnlyList<CreditRow> rows)
    {
        var job = await _api.PostAsync($"/v1/models/{model}/jobs", PlatformApi.InferBody(rows)).JsonAsync(HttpStatusCode.Accepted);
        var id = (string?)job["id"];
        return await Eventually.ValueAsync(async () => await _api.ReadAsync($"/v1/jobs/{id}") is var done && (string?)done["state"] == "succeeded"
            ? Read(done["result"]!) : null, "the job has succeeded", Eventually.Patience);
    }

    private async Task IsMonitoredAsync(string model)
    {
        await _api.PredictManyAsync(model, CreditSample.Usual.Take(2 * Settings.WindowRows));
        var window = await Eventually.ValueAsync(async () => (await _api.ReadAsync($"/v1/models/{model}/monitoring?detail=windows"))["windows"]!.AsArray().FirstOrDefault(),
            "a window of the pipeline is closed", Eventually.Patience);
        Assert.Contains("age", window["drift"]!["features"]!.AsArray().Select(feature => (string?)feature!["name"]));
    }

    private async Task IsExplainedAsync(string model, CreditRow row, IReadOnlyList<double> expected)
    {
        using var predicted = await _api.InferAsync(model, row);
        var id = predicted.Headers.GetValues("x-prediction-id").Single();
        var explanation = await _api.PostAsync($"/v1/models/{model}/explanations",
            new JsonObject { ["predictionId"] = id, ["method"] = "permutation", ["seed"] = 1, ["budget"] = 512 }).JsonAsync();
        AssertNear(expected, [.. explanation["rows"]![0]!["prediction"]!.AsArray().Select(value => (double)value!)]);
        Assert.Equal(CreditSample.Width, explanation["rows"]![0]!["attributions"]!.AsArray().Count);
    }

    private static byte[] Field(int number, ReadOnlySpan<byte> content)
    {
        var bytes = new List<byte> { (byte)(number << 3 | 2) };
        var length = content.Length;
        for (; length > 0x7f; length >>= 7) bytes.Add((byte)(length | 0x80));
        bytes.Add((byte)length);
        return [.. bytes, .. content];
    }

    private static float[] Values(IReadOnlyList<CreditRow> rows) => [.. rows.SelectMany(row => row.Features).Select(value => (float)value)];

    private static List<double> Read(JsonNode answer) => [.. answer["outputs"]![0]!["data"]!.AsArray().Select(value => (double)value!)];

    private static List<double> Floats(byte[] bytes) => [.. MemoryMarshal.Cast<byte, float>(bytes).ToArray().Select(value => (double)value)];

    private static void AssertNear(IReadOnlyList<double> expected, IReadOnlyList<double> actual)
    {
        Assert.Equal(expected.Count, actual.Count);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 5));
    }
}
