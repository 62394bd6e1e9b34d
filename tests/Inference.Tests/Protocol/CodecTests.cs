using System.Text;
using System.Text.Json.Nodes;
using Platform.Inference.Protocol;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Tests.Protocol;

/// <summary>What is read can be written, and the other way round.</summary>
public sealed class CodecTests
{
    [Theory]
    [InlineData("BOOL", "[true,false,true,false]")]
    [InlineData("UINT8", "[0,255,1,2]")]
    [InlineData("UINT16", "[0,65535,1,2]")]
    [InlineData("UINT32", "[0,4294967295,1,2]")]
    [InlineData("UINT64", "[0,18446744073709551615,1,2]")]
    [InlineData("INT8", "[-128,127,0,-1]")]
    [InlineData("INT16", "[-32768,32767,0,-1]")]
    [InlineData("INT32", "[-2147483648,2147483647,0,-1]")]
    [InlineData("INT64", "[-9223372036854775808,9223372036854775807,0,-1]")]
    [InlineData("FP16", "[0.1,-65500,6E-08,null]")]
    [InlineData("BF16", "[0.5,-3,1.25,null]")]
    [InlineData("FP32", "[0.1,-3.4028235E+38,1E-45,null]")]
    [InlineData("FP64", "[0.1,-1.7976931348623157E+308,5E-324,null]")]
    [InlineData("BYTES", """["","plain","quote \" slash \\ tab \t","诗 é \u0000"]""")]
    public void Every_datatype_comes_back_as_it_was_sent(string datatype, string data)
    {
        Assert.True(Datatypes.TryParse(datatype, out var type));
        var body = Schemas.Body(datatype, "[2,2]", data);

        var answer = Answer(Schemas.Single(type, -1, 2), body);

        var output = answer["outputs"]![0]!;
        Assert.Equal("x", (string?)output["name"]);
        Assert.Equal(datatype, (string?)output["datatype"]);
        Assert.Equal("[2,2]", output["shape"]!.ToJsonString());
        Assert.Equal(JsonNode.Parse(data)!.ToJsonString(), output["data"]!.ToJsonString());
    }

    [Theory]
    [InlineData("FP16", "[1,null,-1,null]", 2)]
    [InlineData("BF16", "[1,null,-1,null]", 2)]
    [InlineData("FP32", "[null,null,null,Infinity]", 4)]
    [InlineData("FP64", "[1,-Infinity,-1,null]", 2)]
    [InlineData("FP32", "[1,3.4028235E+38,1E-45,-0]", 0)]
    [InlineData("FP16", "[1,65504,6E-08,0]", 0)]
    [InlineData("BF16", "[1,3.3895314E+38,1,0]", 0)]
    [InlineData("FP64", "[1,1.7976931348623157E+308,5E-324,0]", 0)]
    [InlineData("INT32", "[2139095040,-1,-8388608,0]", 0)]
    public void An_output_says_how_many_of_its_numbers_JSON_cannot_hold(string datatype, string data, int expected)
    {
        Assert.True(Datatypes.TryParse(datatype, out var type));

        var output = Answer(Schemas.Single(type, -1, 2), Schemas.Body(datatype, "[2,2]", data))["outputs"]![0]!;

        Assert.Equal(expected, (int?)output["parameters"]?["non_finite_as_null"] ?? 0);
        Assert.Equal(expected, output["data"]!.AsArray().Count(value => value is null));
    }

    [Theory]
    [InlineData("\"42\"")]
    [InlineData("\"\"")]
    [InlineData("\"quote \\\" and \\u00e9\"")]
    public void The_id_is_echoed(string id)
    {
        var body = Schemas.Body("INT32", "[1]", "[1]").Replace("}]}", $"}}],\"id\":{id}}}");

        Assert.Equal((string?)JsonNode.Parse(id), (string?)Answer(Schemas.Single(Datatype.Int32, -1), body)["id"]);
    }

    [Fact]
    public void Without_an_id_there_is_none_in_the_answer() =>
        Assert.False(Answer(Schemas.Single(Datatype.Int32, -1), Schemas.Body("INT32", "[1]", "[1]")).AsObject().ContainsKey("id"));

    [Fact]
    public void Outputs_come_in_the_order_in_which_they_were_asked_for()
    {
        var schema = Schemas.Of(Schemas.Tensor("a", Datatype.Int8, 1), Schemas.Tensor("b", Datatype.Int8, 1));

        var answer = Answer(schema, """{"inputs":[{"name":"a","shape":[1],"datatype":"INT8","data":[1]},{"name":"b","shape":[1],"datatype":"INT8","data":[2]}],"outputs":[{"name":"b"},{"name":"a"}]}""");

        Assert.Equal(["b", "a"], answer["outputs"]!.AsArray().Select(output => (string?)output!["name"]));
    }

    [Fact]
    public void Names_and_bytes_that_are_no_plain_text_still_give_valid_JSON()
    {
        using var tensor = new TensorBuffer();
        tensor.Reset(Datatype.Bytes, [2]);
        tensor.Append([0xFF, (byte)'a', 0xC3]);
        tensor.Append(Encoding.UTF8.GetBytes(new string('é', 20_000)));
        using var target = new ByteBuffer();

        target.WriteData(tensor);

        var data = JsonNode.Parse(target.Written)!.AsArray();
        Assert.Equal("\uFFFDa\uFFFD", (string?)data[0]);
        Assert.Equal(new string('é', 20_000), (string?)data[1]);
    }

    /// <summary>The answer of a model that gives back its inputs.</summary>
    private static JsonNode Answer(RequestSchema schema, string body)
    {
        var request = schema.Read(body);
        using var target = new ByteBuffer();
        new InferResponseWriter("a \"model\"", "1", schema.Outputs).Write(target, request, Encoding.UTF8.GetBytes(body), request.Inputs, "p", default);
        var answer = JsonNode.Parse(target.Written)!;
        Assert.Equal("a \"model\"", (string?)answer["model_name"]);
        Assert.Equal("1", (string?)answer["model_version"]);
        return answer;
    }
}
