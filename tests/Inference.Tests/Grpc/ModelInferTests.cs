using System.IO.Compression;
using System.Net;
using Google.Protobuf;
using Grpc.Core;
using Platform.Inference.Grpc.Messages;
using Platform.Onnx.Tensors;
using Platform.TestModels;

namespace Platform.Inference.Tests.Grpc;

public sealed class ModelInferTests(ModelInferTests.Fixture fixture) : IClassFixture<ModelInferTests.Fixture>
{
    private GrpcClient Client => fixture.Client;

    [Fact]
    public async Task What_comes_typed_is_answered_typed()
    {
        var answer = await Client.Infer(Requests.Row("42"));

        Assert.Equal(("linear", "2", "42"), (answer.ModelName, answer.ModelVersion, answer.Id));
        Assert.Empty(answer.RawOutputContents);
        Assert.Equal(["sum", "doubled"], answer.Outputs.Select(output => output.Name));
        Assert.Equal([321f], answer.Outputs[0].Contents.Fp32Contents);
        Assert.Equal([2f, 4f, 6f], answer.Outputs[1].Contents.Fp32Contents);
        Assert.Equal([1L, 3L], answer.Outputs[1].Shape);
    }

    [Fact]
    public async Task What_comes_raw_is_answered_raw()
    {
        var answer = await Client.Infer(Requests.Raw("linear", "FP32", [1, 3], 1f, 2f, 3f));

        Assert.All(answer.Outputs, output => Assert.Null(output.Contents));
        Assert.Equal([2f, 4f, 6f], System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(answer.RawOutputContents[1].Span).ToArray());
    }

    [Theory]
    [InlineData("BOOL"), InlineData("INT8"), InlineData("INT16"), InlineData("INT32"), InlineData("INT64"), InlineData("UINT8"), InlineData("UINT16")]
    [InlineData("UINT32"), InlineData("UINT64"), InlineData("FP32"), InlineData("FP64"), InlineData("BYTES")]
    public async Task Every_datatype_comes_back_as_it_went(string datatype)
    {
        var contents = ContentsOf(datatype);

        var answer = await Client.Infer(Requests.Typed(datatype.ToLowerInvariant(), datatype, [2], contents));

        Assert.Equal(datatype, answer.Outputs.Single().Datatype);
        Assert.Equal(contents, answer.Outputs.Single().Contents);
    }

    [Fact]
    public async Task Half_precision_goes_raw_only()
    {
        var answer = await Client.Infer(Requests.Raw("fp16", "FP16", [2], (Half)0.5, (Half)(-2)));
        Assert.Equal([(Half)0.5, (Half)(-2)], System.Runtime.InteropServices.MemoryMarshal.Cast<byte, Half>(answer.RawOutputContents[0].Span).ToArray());

        var refusal = await GrpcClient.RefusalAsync(
            Client.Infer(Requests.Typed("fp16", "FP16", [1], new InferTensorContents { Fp32Contents = { 1 } })).ResponseAsync);
        Assert.Equal((StatusCode.InvalidArgument, "Input 'x': FP16 comes in raw_input_contents only."), (refusal.Status, refusal.Message));
    }

    [Fact]
    public async Task Ids_version_and_route_come_as_metadata()
    {
        var call = Client.Infer(Requests.Row(), new CallOptions(new Metadata { { "x-prediction-id", "mine-1" }, { "x-request-id", "r-1" } }));
        var (answer, headers) = (await call, await call.ResponseHeadersAsync);

        Assert.Equal("mine-1", answer.Parameters["prediction_id"].StringParam);
        Assert.Equal(("mine-1", "r-1", "2", "champion"),
            (headers.GetValue("x-prediction-id"), headers.GetValue("x-request-id"), headers.GetValue("x-model-version"), headers.GetValue("x-route")));
    }

    [Theory]
    [InlineData("1", "1", 6), InlineData("challenger", "1", 6), InlineData("champion", "2", 321)]
    public async Task A_version_is_a_number_or_an_alias(string wanted, string version, float sum)
    {
        var answer = await Client.Infer(new(Requests.Row()) { ModelVersion = wanted });

        Assert.Equal((version, sum), (answer.ModelVersion, answer.Outputs[0].Contents.Fp32Contents[0]));
    }

    [Fact]
    public async Task Wanted_outputs_come_in_the_order_in_which_they_are_asked_for()
    {
        var request = Requests.Row();
        request.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "doubled" });
        request.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor { Name = "sum" });

        Assert.Equal(["doubled", "sum"], (await Client.Infer(request)).Outputs.Select(output => output.Name));
    }

    [Fact]
    public async Task The_best_classes_can_be_asked_for()
    {
        var request = Requests.Row();
        request.Outputs.Add(new ModelInferRequest.Types.InferRequestedOutputTensor
            { Name = "doubled", Parameters = { ["classification"] = new InferParameter { Int64Param = 2 } } });

        var output = (await Client.Infer(request)).Outputs.Single();
        Assert.Equal("BYTES", output.Datatype);
        Assert.Equal(["6:2", "4:1"], output.Contents.BytesContents.Select(text => text.ToStringUtf8()));
    }

    [Fact]
    public async Task Times_come_where_they_are_asked_for()
    {
        var request = Requests.Row();
        request.Parameters["timings"] = new InferParameter { BoolParam = true };

        var parameters = (await Client.Infer(request)).Parameters;
        Assert.Equal(["batch_size", "compute_infer_us", "compute_input_us", "compute_output_us", "prediction_id", "queue_us"], parameters.Keys.Order());
        Assert.Equal(1, parameters["batch_size"].Int64Param);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task What_is_wrong_has_a_status_a_reason_and_a_sentence(string named, byte[] message, StatusCode status, string reason, string sentence)
    {
        var refusal = await GrpcClient.RefusalAsync(Client.Send(message).ResponseAsync);

        Assert.True((status, reason) == (refusal.Status, refusal.Reason), $"{named}: {refusal}");
        Assert.Contains(sentence, refusal.Message);
    }

    public static TheoryData<string, byte[], StatusCode, string, string> Wrong()
    {
        var row = Requests.Row();
        var both = new ModelInferRequest(row) { RawInputContents = { ByteString.CopyFrom(new byte[12]) } };
        var tooMany = new ModelInferRequest(Requests.Raw("linear", "FP32", [1, 3], 1f, 2f, 3f)) { RawInputContents = { ByteString.Empty } };
        var invalid = StatusCode.InvalidArgument;
        return new()
        {
            { "unknown model", Bytes(new(row) { ModelName = "nobody" }), StatusCode.NotFound, "inference.model_unknown", "No version of a model 'nobody'" },
            { "unknown version", Bytes(new(row) { ModelVersion = "9" }), StatusCode.NotFound, "inference.version_unknown", "no version or alias '9'" },
            { "no protobuf", [0x0A, 0x7F, 1], invalid, "inference.request_invalid", "is not a ModelInferRequest" },
            { "no input", Bytes(new() { ModelName = "linear" }), invalid, "inference.request_invalid", "'x' is missing" },
            { "raw and typed", Bytes(both), invalid, "inference.request_invalid", "as well as raw_input_contents" },
            { "more raw than inputs", Bytes(tooMany), invalid, "inference.request_invalid", "more raw_input_contents than inputs" },
            { "too few", Bytes(Requests.Typed("linear", "FP32", [1, 3], new() { Fp32Contents = { 1 } })), invalid, "inference.request_invalid", "'fp32_contents' has 1 elements, but the shape asks for 3" },
            { "another field", Bytes(Requests.Typed("linear", "FP32", [1, 3], new() { IntContents = { 1, 2, 3 } })), invalid, "inference.request_invalid", "stands in fp32_contents, not in int_contents" },
            { "out of range", Bytes(Requests.Typed("int8", "INT8", [2], new() { IntContents = { 1, 128 } })), invalid, "inference.request_invalid", "element 1 of 'int_contents' is out of the range of INT8" },
            { "a run that fails", Bytes(Requests.Typed("lookup", "INT64", [1], new() { Int64Contents = { 99 } }, "index")), invalid, "inference.run_failed", "idx=99" },
        };
    }

    [Fact]
    public async Task A_message_beyond_the_limit_is_refused_however_small_it_was_compressed()
    {
        var large = Requests.Raw("linear", "FP32", [fixture.MaxBodyBytes / 12 + 1, 3], new float[fixture.MaxBodyBytes / 4 + 3]);
        var compressed = new CallOptions(new Metadata { { "grpc-internal-encoding-request", "gzip" } });

        foreach (var options in new[] { default, compressed })
        {
            var refusal = await GrpcClient.RefusalAsync(Client.Infer(large, options).ResponseAsync);
            Assert.Equal((StatusCode.ResourceExhausted, "request.too_large"), (refusal.Status, refusal.Reason));
        }
    }

    [Theory]
    [InlineData("gzip"), InlineData("deflate"), InlineData("identity")]
    public async Task Messages_may_be_compressed(string coding) =>
        Assert.Equal([321f], (await Client.Infer(Requests.Row(), new CallOptions(new Metadata { { "grpc-internal-encoding-request", coding } }))).Outputs[0].Contents.Fp32Contents);

    [Fact]
    public async Task Numbers_may_come_one_by_one()
    {
        // A client may write a repeated number unpacked: a tag before each.
        var unpacked = Bytes(new() { ModelName = "linear" }).Concat(Nested(5, [.. Bytes("x", 1), .. Bytes("FP32", 2), 0x18, 1, 0x18, 3, .. Nested(5, Unpacked(1, 2, 3))]));

        Assert.Equal([321f], (await Client.Send([.. unpacked])).Outputs[0].Contents.Fp32Contents);
    }

    [Fact]
    public async Task A_prediction_is_recorded_as_over_HTTP()
    {
        await using var host = await InferenceHost.StartAsync(registry => registry.Deploy("linear", "1", TinyModels.Linear()));
        using var client = new GrpcClient(host.Http.BaseAddress!);
        await client.Infer(Requests.Row(), new CallOptions(new Metadata { { "x-prediction-id", "recorded" }, { "x-route-key", "k" } }));
        await Assert.ThrowsAsync<RpcException>(() => client.Infer(Requests.Typed("linear", "FP32", [1, 3], new() { Fp32Contents = { 1 } })).ResponseAsync);

        var records = await host.ReadLogAsync(2);
        Assert.Equal(("recorded", "k", "succeeded", "champion"), (records[0].Id, records[0].Data.RouteKey, records[0].Data.Status, records[0].Data.Route));
        Assert.Equal("rejected", records[1].Data.Status);
    }

    [Fact]
    public async Task Over_HTTP_1_the_route_says_what_it_needs()
    {
        using var content = new ByteArrayContent([]) { Headers = { ContentType = new("application/grpc") } };
        using var answer = await fixture.Host.Http.PostAsync("/inference.GRPCInferenceService/ModelInfer", content);

        Assert.Equal(HttpStatusCode.UpgradeRequired, answer.StatusCode);
        Assert.Contains("request.protocol", await answer.Content.ReadAsStringAsync());
    }

    private static byte[] Bytes(ModelInferRequest request) => request.ToByteArray();

    private static byte[] Bytes(string text, int field) => Nested(field, System.Text.Encoding.UTF8.GetBytes(text));

    private static byte[] Nested(int field, byte[] content) => [(byte)((field << 3) | 2), (byte)content.Length, .. content];

    private static byte[] Unpacked(params float[] values) => [.. values.SelectMany(value => BitConverter.GetBytes(value).Prepend((byte)((6 << 3) | 5)))];

    private static InferTensorContents ContentsOf(string datatype) => datatype switch
    {
        "BOOL" => new() { BoolContents = { true, false } },
        "INT8" => new() { IntContents = { sbyte.MinValue, sbyte.MaxValue } },
        "INT16" => new() { IntContents = { short.MinValue, short.MaxValue } },
        "INT32" => new() { IntContents = { int.MinValue, int.MaxValue } },
        "INT64" => new() { Int64Contents = { long.MinValue, long.MaxValue } },
        "UINT8" => new() { UintContents = { 0, byte.MaxValue } },
        "UINT16" => new() { UintContents = { 1, ushort.MaxValue } },
        "UINT32" => new() { UintContents = { 128, uint.MaxValue } },
        "UINT64" => new() { Uint64Contents = { 300, ulong.MaxValue } },
        "FP32" => new() { Fp32Contents = { float.NaN, -0.1f } },
        "FP64" => new() { Fp64Contents = { double.NegativeInfinity, 0.1 } },
        _ => new() { BytesContents = { ByteString.CopyFromUtf8("床前明月光"), ByteString.CopyFrom(0, 255) } },
    };

    public sealed class Fixture : IAsyncLifetime
    {
        public int MaxBodyBytes => 1 << 20;

        internal InferenceHost Host { get; private set; } = null!;

        internal GrpcClient Client { get; private set; } = null!;

        public async Task InitializeAsync()
        {
            Host = await InferenceHost.StartAsync(
                registry =>
                {
                    registry.Deploy("linear", "2", TinyModels.Linear());
                    registry.Deploy("linear", "1", TinyModels.Linear(1, 1, 1), "challenger");
                    registry.Deploy("lookup", "1", TinyModels.Lookup());
                    foreach (var datatype in Enum.GetValues<Datatype>().Where(datatype => datatype != Datatype.BF16))
                        registry.Deploy(datatype.Name().ToLowerInvariant(), "1", TinyModels.Identity(datatype, "n"));
                },
                new KeyValuePair<string, string?>("Inference:MaxBodyBytes", MaxBodyBytes.ToString()));
            Client = new GrpcClient(Host.Http.BaseAddress!);
        }

        public async Task DisposeAsync()
        {
            Client.Dispose();
            await Host.DisposeAsync();
        }
    }
}
