using System.Globalization;
using System.IO.Hashing;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Platform.Contracts.Inference;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Onnx.Tensors;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Inference.Tests.Recording;

public sealed class RecordTests
{
    private const string Row = """{"inputs":[{"name":"x","shape":[2,3],"datatype":"FP32","data":[1,null,3,4,5,6]}]}""";

    private static readonly VersionMetadata Named = new()
    {
        Features = [new() { Name = "age" }, new() { Name = "income" }, new() { Name = "postcode" }],
    };

    [Fact]
    public async Task A_prediction_is_recorded_with_all_that_is_known_of_it()
    {
        await using var host = await StartAsync(TinyModels.Linear(), Named);
        using var request = Request(Row);
        request.Headers.Add("x-prediction-id", "p-1");
        request.Headers.Add("x-request-id", "r-1");
        request.Headers.Add("x-route-key", "customer-7");
        var before = DateTimeOffset.UtcNow;
        using var response = await host.Http.SendAsync(request);

        var record = Assert.Single(await host.ReadLogAsync(1));

        Assert.Equal(("p-1", "m", PredictionLogged.EventType, "1.0"), (record.Id, record.Subject, record.Type, record.SpecVersion));
        Assert.InRange(record.Time, before, DateTimeOffset.UtcNow);
        var data = record.Data;
        Assert.Equal(("1", "champion", "customer-7", "r-1"), (data.Version, data.Route, data.RouteKey, data.RequestId));
        Assert.Equal((PredictionStatus.Succeeded, null, 2), (data.Status, data.Error, data.Rows));
        Assert.Equal(("cpu", 2), (data.Device, data.BatchSize));
        Assert.InRange(data.Timings.TotalMicros, 1, 10_000_000);
        Assert.InRange(data.Timings.ComputeMicros, 0, data.Timings.TotalMicros);

        var input = Assert.Single(data.Inputs);
        Assert.Equal(("x", "FP32", 1, null), (input.Name, input.Datatype, input.Stride, input.Digest));
        Assert.Equal([2, 3], input.Shape);
        Assert.Equal(["age", "income", "postcode"], input.Features);
        Assert.Equal("1,null,3,4,5,6", string.Join(',', input.Data.EnumerateArray().Select(cell => cell.GetRawText())));
        Assert.Equal(["sum", "doubled"], data.Outputs.Select(output => output.Name));
        Assert.Equal("2,null,6,8,10,12", string.Join(',', data.Outputs[1].Data.EnumerateArray().Select(cell => cell.GetRawText())));
        Assert.Null(data.Outputs[1].Features);
    }

    [Theory]
    [InlineData("[1.50, 2,3e0 ]", "[1.50, 2,3e0 ]")]
    [InlineData("[[1.50,2,3]]", "[1.5,2,3]")]
    [InlineData("[NaN,2,3]", "[null,2,3]")]
    [InlineData("[1.00000000000000000000000000000,2,3.00000000000000000000000000000]", "[1,2,3]")]
    public async Task Elements_are_recorded_as_they_were_written_where_that_is_flat_and_short(string sent, string recorded) =>
        Assert.Equal(recorded, await RecordedAsync(Datatype.FP64, sent));

    [Theory]
    [InlineData("[1.50, 2,3e0 ]", "[1.5,2,3]")]
    [InlineData("[NaN,-0.1,1e-20]", "[null,-0.1,1E-20]")]
    public async Task FP32_is_recorded_as_the_shortest_text_of_the_number_that_the_model_got(string sent, string recorded) =>
        Assert.Equal(recorded, await RecordedAsync(Datatype.FP32, sent));

    [Theory]
    [InlineData("[1,2, 3]", "[1,2, 3]")]
    [InlineData("[1.0,2,3e0]", "[1,2,3]")]
    [InlineData("[9007199254740993.00,-1,30E-1]", "[9007199254740993,-1,3]")]
    public async Task Whole_numbers_are_recorded_without_a_fraction(string sent, string recorded) =>
        Assert.Equal(recorded, await RecordedAsync(Datatype.Int64, sent));

    [Theory]
    [InlineData("plain")]
    [InlineData("\"quoted\" and \\ escaped")]
    [InlineData("longer than what is written in one piece, which is some forty characters")]
    public async Task A_key_is_recorded_as_it_came(string key)
    {
        await using var host = await StartAsync(TinyModels.Linear());
        using var request = Request(Row);
        request.Headers.TryAddWithoutValidation("x-route-key", key);
        using var response = await host.Http.SendAsync(request);

        Assert.Equal(key, (await host.ReadLogAsync(1))[0].Data.RouteKey);
    }

    [Fact]
    public async Task Refused_and_failed_calls_are_recorded_with_their_reason()
    {
        await using var host = await StartAsync(TinyModels.Lookup());
        await host.InferAsync("m", """{"inputs":[{"name":"index","shape":[1],"datatype":"INT64","data":[99]}]}""", HttpStatusCode.BadRequest);
        await host.InferAsync("m", """{"inputs":[{"name":"index","shape":[1],"datatype":"INT64","data":["a secret"]}]}""", HttpStatusCode.BadRequest);

        var records = await host.ReadLogAsync(2);

        Assert.Equal(PredictionStatus.Failed, records[0].Data.Status);
        Assert.Contains("idx=99", records[0].Data.Error);
        Assert.Equal(99, records[0].Data.Inputs[0].Data[0].GetInt64());
        Assert.Empty(records[0].Data.Outputs);
        Assert.Equal(PredictionStatus.Rejected, records[1].Data.Status);
        Assert.Empty(records[1].Data.Inputs);
        Assert.DoesNotContain("secret", records[1].Data.Error);
    }

    [Fact]
    public async Task A_caller_who_leaves_is_recorded_once()
    {
        await using var host = await StartAsync(TinyModels.Slow());
        var body = """{"inputs":[{"name":"x","shape":[1],"datatype":"FP32","data":[1]},{"name":"rounds","shape":[1],"datatype":"INT64","data":[1000000]}]}""";
        var head = $"POST /v2/models/m/infer HTTP/1.1\r\nHost: localhost\r\nx-prediction-id: gone\r\nContent-Length: {body.Length}\r\n\r\n";
        using (var client = await BareClient.SendAsync(host.Http.BaseAddress!, head + body))
        {
            await host.UntilRunningAsync();
            client.Reset(); // who only closes its side may wait for the answer
        }

        await host.InferAsync("m", body.Replace("1000000", "1"));
        var records = await host.ReadLogAsync(2);

        Assert.Equal(1, records.Count(record => record.Id == "gone"));
        Assert.Equal(2, records.Count);
    }

    [Fact]
    public async Task Hidden_features_are_not_in_the_record()
    {
        var metadata = Named with
        {
            Logging = new() { Redact = [new() { Feature = "income", As = "drop" }, new() { Feature = "postcode", As = "hash" }] },
        };
        await using var host = await StartAsync(TinyModels.Linear(), metadata);
        await host.InferAsync("m", """{"inputs":[{"name":"x","shape":[3,3],"datatype":"FP32","data":[1,2,3,4,5,3,7,8,9]}]}""");

        var cells = (await host.ReadLogAsync(1))[0].Data.Inputs[0].Data.EnumerateArray().Select(cell => cell.GetRawText()).ToArray();

        Assert.Equal(["1", "null", "4", "null", "7", "null"], cells.Where((_, i) => i % 3 != 2));
        Assert.Matches("^\"[0-9a-f]{8}:[0-9a-f]{32}\"$", cells[2]);
        Assert.Equal(cells[2], cells[5]);
        Assert.NotEqual(cells[2], cells[8]);
    }

    [Fact]
    public async Task A_hidden_input_of_text_is_not_in_the_record()
    {
        var metadata = new VersionMetadata { Logging = new() { Redact = [new() { Feature = "x" }] } };
        await using var host = await StartAsync(TinyModels.Identity(Datatype.Bytes, "n"), metadata);
        await host.InferAsync("m", """{"inputs":[{"name":"x","shape":[2],"datatype":"BYTES","data":["a","b"]}]}""");

        Assert.Equal("null,null", string.Join(',', (await host.ReadLogAsync(1))[0].Data.Inputs[0].Data.EnumerateArray().Select(cell => cell.GetRawText())));
    }

    [Fact]
    public async Task What_the_runtime_says_of_hidden_values_is_not_in_the_record()
    {
        var metadata = new VersionMetadata { Logging = new() { Redact = [new() { Feature = "index", As = "hash" }] } };
        await using var host = await StartAsync(TinyModels.Lookup(), metadata);
        var answer = await host.InferAsync("m", """{"inputs":[{"name":"index","shape":[1],"datatype":"INT64","data":[737373]}]}""", HttpStatusCode.BadRequest);
        Assert.Contains("737373", (string?)answer["error"]);

        var record = (await host.ReadLogAsync(1))[0];

        Assert.Equal("The model could not be run on these inputs.", record.Data.Error);
        Assert.DoesNotContain("737373", System.Text.Json.JsonSerializer.Serialize(record), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_large_tensor_is_recorded_as_a_sample_with_its_digest()
    {
        await using var host = await StartAsync(TinyModels.Identity(Datatype.Int32, "n", 3000));
        var values = Enumerable.Range(0, 3000).ToArray();
        await host.InferAsync("m", $$"""{"inputs":[{"name":"x","shape":[1,3000],"datatype":"INT32","data":[{{string.Join(',', values)}}]}]}""");

        var input = (await host.ReadLogAsync(1))[0].Data.Inputs[0];

        Assert.Equal(375, input.Stride);
        Assert.Equal(values.Where((_, i) => i % 375 == 0), input.Data.EnumerateArray().Select(cell => cell.GetInt32()));
        Assert.Equal("xxh3:" + Convert.ToHexStringLower(XxHash3.Hash([.. values.SelectMany(BitConverter.GetBytes)])), input.Digest);
    }

    [Fact]
    public async Task A_large_tensor_is_recorded_with_a_summary_of_each_row()
    {
        await using var host = await StartAsync(TinyModels.Identity(Datatype.FP32, "n", 2001));
        var rows = new[] { 0, 1 }.Select(row => Enumerable.Range(0, 2001).Select(i => i % 7 == 0 ? 0f : row * 10 + i / 8f).ToArray()).ToArray();
        var data = string.Join(',', rows.SelectMany(row => row).Select(value => value.ToString(CultureInfo.InvariantCulture)));
        await host.InferAsync("m", $$"""{"inputs":[{"name":"x","shape":[2,2001],"datatype":"FP32","data":[{{data}}]}]}""");

        var summaries = (await host.ReadLogAsync(1))[0].Data.Inputs[0].Summaries!;

        Assert.Equal(2, summaries.Count);
        foreach (var (row, summary) in rows.Zip(summaries))
        {
            var mean = row.Average(value => (double)value);
            Assert.Equal((float)mean, (float)summary.Mean!.Value); // the figures are FP32 as the elements are, but summed in double
            Assert.Equal((float)Math.Sqrt(row.Average(value => (value - mean) * (value - mean))), (float)summary.Std!.Value);
            Assert.Equal(row.Min(), (float)summary.Min!.Value);
            Assert.Equal(row.Max(), (float)summary.Max!.Value);
            Assert.Equal((float)(row.Count(value => value == 0) / 2001.0), (float)summary.Zeros);
        }
    }

    // Summed as they are, the squares of numbers around 1e9 hide a spread of 1, and a thousand times 0.1 has one.
    [Theory]
    [InlineData(Datatype.FP64, 1e9)]
    [InlineData(Datatype.FP64, 1e15)]
    [InlineData(Datatype.Int64, 1e15)]
    [InlineData(Datatype.FP32, 8e6)]
    public async Task The_summary_of_numbers_close_together_keeps_their_spread(Datatype datatype, double offset)
    {
        await using var host = await StartAsync(TinyModels.Identity(datatype, "n", 2000));
        var values = Enumerable.Range(0, 2000).Select(i => offset + i % 4).ToArray();
        var data = string.Join(',', values.Select(value => value.ToString("F0", CultureInfo.InvariantCulture)));
        await host.InferAsync("m", $$"""{"inputs":[{"name":"x","shape":[1,2000],"datatype":"{{datatype.Name()}}","data":[{{data}}]}]}""");

        var summary = (await host.ReadLogAsync(1))[0].Data.Inputs[0].Summaries![0];

        Assert.Equal(Math.Sqrt(1.25), summary.Std!.Value, 1e-7);
    }

    [Theory]
    [InlineData(Datatype.Int64, "9007199254740993")]
    [InlineData(Datatype.Int64, "-9223372036854775807")]
    [InlineData(Datatype.UInt64, "18446744073709549001")]
    public async Task The_summary_of_64_bit_numbers_has_their_last_digit(Datatype datatype, string least)
    {
        await using var host = await StartAsync(TinyModels.Identity(datatype, "n", 2000));
        var first = Int128.Parse(least, CultureInfo.InvariantCulture);
        var data = string.Join(',', Enumerable.Range(0, 2000).Select(i => first + (1 + i) % 4));
        await host.InferAsync("m", $$"""{"inputs":[{"name":"x","shape":[1,2000],"datatype":"{{datatype.Name()}}","data":[{{data}}]}]}""");

        var record = await host.ReadFirstRecordAsync();

        Assert.Contains($"\"min\":{first},\"max\":{first + 3},", record, StringComparison.Ordinal);
        Assert.Contains("\"std\":1.118033988749895,", record, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(Datatype.FP64)]
    [InlineData(Datatype.FP32)]
    public async Task The_summary_of_a_constant_has_no_spread(Datatype datatype)
    {
        await using var host = await StartAsync(TinyModels.Identity(datatype, "n", 2001));
        var data = string.Join(',', Enumerable.Repeat("0.1", 2001));
        await host.InferAsync("m", $$"""{"inputs":[{"name":"x","shape":[1,2001],"datatype":"{{datatype.Name()}}","data":[{{data}}]}]}""");

        var summary = (await host.ReadLogAsync(1))[0].Data.Inputs[0].Summaries![0];

        Assert.Equal(0.1, summary.Mean!.Value, 1e-9);
        Assert.Equal(0, summary.Std);
    }

    [Fact]
    public async Task The_summary_of_doubles_is_a_double()
    {
        await using var host = await StartAsync(TinyModels.Identity(Datatype.FP64, "n", 2000));
        var values = Enumerable.Range(0, 2000).Select(i => 1e6 + i / 3.0).ToArray();
        var data = string.Join(',', values.Select(value => value.ToString(CultureInfo.InvariantCulture)));
        await host.InferAsync("m", $$"""{"inputs":[{"name":"x","shape":[1,2000],"datatype":"FP64","data":[{{data}}]}]}""");

        var summary = (await host.ReadLogAsync(1))[0].Data.Inputs[0].Summaries![0];

        Assert.Equal(values.Average(), summary.Mean!.Value, 1e-12 * values.Average());
        Assert.Equal(values.Max(), summary.Max);
    }

    [Fact]
    public async Task Many_small_rows_are_recorded_in_full()
    {
        await using var host = await StartAsync(TinyModels.Linear());
        var data = string.Join(',', Enumerable.Range(0, 3000));
        await host.InferAsync("m", $$"""{"inputs":[{"name":"x","shape":[1000,3],"datatype":"FP32","data":[{{data}}]}]}""");

        var input = (await host.ReadLogAsync(1))[0].Data.Inputs[0];

        Assert.Equal(1, input.Stride);
        Assert.Equal(3000, input.Data.GetArrayLength());
    }

    [Fact]
    public async Task Strings_beyond_the_bound_are_recorded_by_digest_alone()
    {
        await using var host = await StartAsync(TinyModels.Identity(Datatype.Bytes, "n"));
        var text = new string('x', 300_000);
        await host.InferAsync("m", $$"""{"inputs":[{"name":"x","shape":[1],"datatype":"BYTES","data":["{{text}}"]}]}""");

        var input = (await host.ReadLogAsync(1))[0].Data.Inputs[0];

        Assert.Equal(0, input.Data.GetArrayLength());
        Assert.Equal(2, input.Stride);
        Assert.Equal("xxh3:" + Convert.ToHexStringLower(XxHash3.Hash(Encoding.UTF8.GetBytes(text))), input.Digest);
    }

    [Fact]
    public async Task A_share_of_predictions_can_be_recorded()
    {
        await using var host = await StartAsync(TinyModels.Linear(), new VersionMetadata { Logging = new() { Sample = 0.5 } });
        for (var i = 0; i < 400; i++) await SendAsync(host, $"id-{i % 200}");
        for (var i = 0; i < 20; i++) await SendAsync(host, $"end-{i}");

        // The log keeps its order: once one of the last ones is there, all of the first ones are.
        var records = (await host.ReadLogAsync(records => records.Exists(record => record.Id.StartsWith("end-")))).Where(record => record.Id.StartsWith("id-"));

        var byId = records.GroupBy(record => record.Id).ToArray();
        Assert.All(byId, same => Assert.Equal(2, same.Count()));
        Assert.InRange(byId.Length, 60, 140);
    }

    [Fact]
    public async Task Many_predictions_at_once_are_recorded_once_each()
    {
        await using var host = await StartAsync(TinyModels.Linear());
        await Parallel.ForAsync(0, 1000, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (i, _) => await SendAsync(host, $"id-{i}"));

        var records = await host.ReadLogAsync(1000);

        Assert.Equal(1000, records.Count);
        Assert.Equal(1000, records.Select(record => record.Id).Distinct().Count());
    }

    [Fact]
    public async Task A_disk_that_takes_no_more_records_costs_no_reply_and_each_lost_record_is_counted()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("m", "1", TinyModels.Linear()),
            new("PredictionLog:PageBytes", $"{1 << 16}"), new("PredictionLog:MemoryBytes", $"{1 << 18}"), new("PredictionLog:SegmentBytes", $"{1 << 20}"));
        var folder = host.Services.GetRequiredService<IOptions<StorageOptions>>().Value.Directory;
        var refused = Directory.CreateDirectory(Path.Combine(folder, "prediction-log", "fasterlog.log.1"));
        try
        {
            await Parallel.ForAsync(0, 4000, async (i, _) => await SendAsync(host, $"id-{i}", rows: 20)); // some 2,000 fit into a segment and the memory
        }
        finally
        {
            refused.Delete(); // or the host could not stop
        }

        var taken = await host.ReadLogAsync(records => records.Count >= 4000 - Lost(host));
        Assert.InRange(taken.Count, 1000, 3000);
        Assert.Equal(4000, taken.Count + Lost(host));
        await SendAsync(host, "later");
        Assert.Equal("later", (await host.ReadLogAsync(taken.Count + 1))[^1].Id);
    }

    private static async Task<string> RecordedAsync(Datatype datatype, string data)
    {
        await using var host = await StartAsync(TinyModels.Identity(datatype, "n", 3));
        await host.InferAsync("m", $$"""{"inputs":[{"name":"x","shape":[1,3],"datatype":"{{datatype.Name()}}","data":{{data}} }]}""");
        return (await host.ReadLogAsync(1))[0].Data.Inputs[0].Data.GetRawText();
    }

    private static long Lost(InferenceHost host) => host.Models.Loaded.Single().RecordsLost;

    private static async Task SendAsync(InferenceHost host, string id, int rows = 1)
    {
        var data = string.Join(',', Enumerable.Repeat("1,2,3", rows));
        using var request = Request($$"""{"inputs":[{"name":"x","shape":[{{rows}},3],"datatype":"FP32","data":[{{data}}]}]}""");
        request.Headers.Add("x-prediction-id", id);
        using var response = await host.Http.SendAsync(request);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    private static HttpRequestMessage Request(string body) => new(HttpMethod.Post, "/v2/models/m/infer") { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    private static Task<InferenceHost> StartAsync(OnnxFile model, VersionMetadata? metadata = null) =>
        InferenceHost.StartAsync(registry => registry.Deploy("m", "1", model, metadata: metadata));
}
