using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.Contracts.Registry;
using Platform.Onnx.Tensors;
using Platform.Registry.Gates;
using Platform.Registry.Tests.Uploads;
using Platform.TestKit;
using Platform.TestModels;

namespace Platform.Registry.Tests.Gates;

public sealed class SignatureGateTests(RegistryHost registry) : IClassFixture<RegistryHost>
{
    private static readonly TensorSignature X = Tensor("x", "FP32", -1, 3);
    private static readonly TensorSignature B = Tensor("b", "INT64", 2);
    private static readonly TensorSignature Y = Tensor("y", "FP32", -1, 2);

    public static TheoryData<string, ModelSignature, ModelSignature> Compatible => new()
    {
        { "the same", Takes([X], [Y]), Takes([X], [Y]) },
        { "an input that takes more sizes", Takes([X], [Y]), Takes([Tensor("x", "FP32", -1, -1)], [Y]) },
        { "an input that takes any shape", Takes([X], [Y]), Takes([Tensor("x", "FP32")], [Y]) },
        { "a further optional input", Takes([X], [Y]), Takes([X], [Y], B) },
        { "an input that became optional", Takes([X, B], [Y]), Takes([X], [Y], B) },
        { "a further output", Takes([X], [Y]), Takes([X], [Tensor("z", "INT64", -1), Y]) },
        { "an output that is told more exactly", Takes([X], [Tensor("y", "FP32", -1, -1)]), Takes([X], [Y]) },
    };

    public static TheoryData<string, ModelSignature, ModelSignature> Incompatible => new()
    {
        { "the input 'x' is gone", Takes([X, B], [Y]), Takes([B], [Y]) },
        { "the input 'x' has the shape [-1,4] instead of [-1,3]", Takes([X], [Y]), Takes([Tensor("x", "FP32", -1, 4)], [Y]) },
        { "the input 'x' has the shape [1,3] instead of [-1,3]", Takes([X], [Y]), Takes([Tensor("x", "FP32", 1, 3)], [Y]) },
        { "the input 'x' has the shape [3] instead of [-1,3]", Takes([X], [Y]), Takes([Tensor("x", "FP32", 3)], [Y]) },
        { "the input 'x' is FP64 instead of FP32", Takes([X], [Y]), Takes([Tensor("x", "FP64", -1, 3)], [Y]) },
        { "the input 'b' is new and has no default", Takes([X], [Y]), Takes([X, B], [Y]) },
        { "the input 'b' is gone", Takes([X], [Y], B), Takes([X], [Y]) },
        { "the input 'b' can no longer be left out", Takes([X], [Y], B), Takes([X, B], [Y]) },
        { "the output 'y' is gone", Takes([X], [Y]), Takes([X], [Tensor("z", "FP32", -1, 2)]) },
        { "the output 'y' is FP64 instead of FP32", Takes([X], [Y]), Takes([X], [Tensor("y", "FP64", -1, 2)]) },
        { "the output 'y' has the shape [-1,3] instead of [-1,2]", Takes([X], [Y]), Takes([X], [Tensor("y", "FP32", -1, 3)]) },
        { "the output 'y' has the shape [-1,-1] instead of [-1,2]", Takes([X], [Y]), Takes([X], [Tensor("y", "FP32", -1, -1)]) },
    };

    [Theory]
    [MemberData(nameof(Compatible))]
    public void A_version_that_takes_every_request_and_answers_alike_passes(string what, ModelSignature current, ModelSignature next)
    {
        var record = SignatureGate.Measure(Version("1", current), Version("2", next), isAllowed: false);

        Assert.True(record.Passed, what);
        Assert.Equal("[]", record.Measured.ToString());
    }

    [Theory]
    [MemberData(nameof(Incompatible))]
    public void A_version_that_callers_would_feel_is_refused_with_what_has_changed_and_passes_where_the_request_allows_it(
        string change, ModelSignature current, ModelSignature next)
    {
        var refused = SignatureGate.Measure(Version("1", current), Version("2", next), isAllowed: false);
        var allowed = SignatureGate.Measure(Version("1", current), Version("2", next), isAllowed: true);

        Assert.Equal((false, true), (refused.Passed, allowed.Passed));
        Assert.Equal([change], refused.Measured!.Value.EnumerateArray().Select(item => item.GetString()));
        Assert.Contains(change, refused.Detail, StringComparison.Ordinal);
        Assert.Contains("The request allows it.", allowed.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_promotion_that_every_caller_would_feel_is_refused_unless_it_says_so_and_the_history_tells()
    {
        var model = await registry.RegisterAsync();
        await registry.UploadAsync(model, new UploadBody { Model = TinyModels.Identity(Datatype.FP32, "n", 3).ToArray() });
        await registry.UploadAsync(model, new UploadBody { Model = TinyModels.Identity(Datatype.FP32, "n", 4).ToArray() });
        await registry.PromoteAsync(model, "1");

        var refusal = await PromoteAsync(model, new { version = "2" }, HttpStatusCode.UnprocessableEntity);
        Assert.Equal("registry.gates_failed", (string?)refusal["code"]);
        Assert.False((bool?)Gate(refusal)["passed"]);
        Assert.Equal("1", await registry.ChampionAsync(model));

        var promotion = await PromoteAsync(model, new { version = "2", allowSignatureChange = true });
        Assert.True((bool?)Gate(promotion)["passed"]);
        Assert.Contains("[-1,4] instead of [-1,3]", (string?)Gate(promotion)["detail"], StringComparison.Ordinal);
        Assert.Equal("2", await registry.ChampionAsync(model));
        var history = await registry.ItemsAsync($"/v1/models/{model}/history");
        Assert.Equal([true, false], history.Take(2).Select(entry => (bool)Gate(entry!)["passed"]!));
    }

    [Fact]
    public async Task Each_alias_is_held_against_the_version_that_it_names()
    {
        var model = await registry.RegisterAsync();
        await registry.UploadAsync(model, new UploadBody { Model = TinyModels.Identity(Datatype.FP32, "n", 3).ToArray() });
        await registry.UploadAsync(model, new UploadBody { Model = TinyModels.Identity(Datatype.FP32, "n", 4).ToArray() });
        await registry.PromoteAsync(model, "1");

        var promotion = await PromoteAsync(model, new { version = "2", alias = "challenger" });

        Assert.Equal("No version serves under this alias yet.", (string?)Gate(promotion)["detail"]);
        await PromoteAsync(model, new { version = "1", alias = "challenger" }, HttpStatusCode.UnprocessableEntity);
    }

    private Task<JsonNode> PromoteAsync(string model, object request, HttpStatusCode expected = HttpStatusCode.OK) =>
        registry.Http.PostAsJsonAsync($"/v1/models/{model}/promotions", request).JsonAsync(expected);

    private static JsonNode Gate(JsonNode promotion) => promotion["gates"]!.AsArray().Single(gate => (string?)gate!["gate"] == "signature")!;

    private static ModelVersionDescription Version(string number, ModelSignature signature) => new() { Version = number, Signature = signature };

    private static ModelSignature Takes(TensorSignature[] inputs, TensorSignature[] outputs, params TensorSignature[] optional) =>
        new() { Inputs = inputs, Outputs = outputs, OptionalInputs = optional.Length == 0 ? null : optional };

    private static TensorSignature Tensor(string name, string datatype, params long[] shape) => new() { Name = name, Datatype = datatype, Shape = shape };
}
