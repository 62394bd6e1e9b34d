using System.Buffers.Binary;
using System.Text;
using System.Text.Json.Nodes;
using Platform.Inference.Protocol;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Tests.Protocol;

/// <summary>The binary tensor extension, held against the bytes that the specification asks for.</summary>
public sealed class BinaryTests
{
    private static readonly RequestSchema Two = Schemas.Of(
        Schemas.Tensor("a", Datatype.FP32, -1, 2), Schemas.Tensor("b", Datatype.Bytes, -1));

    private static readonly byte[] Floats = [0, 0, 0x80, 0x3F, 0, 0, 0, 0xC0]; // 1, -2

    [Fact]
    public void Raw_tensors_are_taken_in_the_order_of_the_inputs()
    {
        var request = Read(Two, """
            {"inputs":[{"name":"b","shape":[2],"datatype":"BYTES","parameters":{"binary_data_size":11}},
                       {"name":"a","shape":[1,2],"datatype":"FP32","parameters":{"binary_data_size":8}}]}
            """, [.. Strings("abc", ""), .. Floats]);

        Assert.Equal([1, -2], request.Inputs[0].AsSpan<float>().ToArray());
        Assert.Equal("abc"u8, request.Inputs[1].GetString(0));
        Assert.Equal(""u8, request.Inputs[1].GetString(1));
    }

    [Fact]
    public void Raw_and_JSON_tensors_may_be_mixed()
    {
        var request = Read(Two, """
            {"inputs":[{"name":"a","shape":[1,2],"datatype":"FP32","data":[3,4]},
                       {"name":"b","shape":[1],"datatype":"BYTES","parameters":{"binary_data_size":7}}]}
            """, Strings("abc"));

        Assert.Equal([3, 4], request.Inputs[0].AsSpan<float>().ToArray());
        Assert.Equal("abc"u8, request.Inputs[1].GetString(0));
    }

    public static TheoryData<string, string> RawElements => new()
    {
        { "BOOL", "0001" }, { "UINT8", "00FF" }, { "UINT16", "0102FFFF" }, { "UINT32", "01020304FFFFFFFF" },
        { "UINT64", "0102030405060708FFFFFFFFFFFFFFFF" }, { "INT8", "80FF" }, { "INT16", "0080FFFF" }, { "INT32", "00000080FFFFFFFF" },
        { "INT64", "0000000000000080FFFFFFFFFFFFFFFF" }, { "FP16", "003C00FE" }, { "BF16", "803FC07F" },
        { "FP32", "0000803F0000C07F" }, { "FP64", "000000000000F03F000000000000F87F" }, { "BYTES", "03000000FF00FE00000000" },
    };

    [Theory]
    [MemberData(nameof(RawElements))]
    public void Every_datatype_comes_back_byte_for_byte(string datatype, string hex)
    {
        Assert.True(Datatypes.TryParse(datatype, out var type));
        var (schema, bytes) = (Schemas.Single(type, -1), Convert.FromHexString(hex));
        var request = Read(schema,
            $$$"""{"inputs":[{"name":"x","shape":[2],"datatype":"{{{datatype}}}","parameters":{"binary_data_size":{{{bytes.Length}}}}}],"parameters":{"binary_data_output":true}}""",
            bytes);

        var (json, raw) = Answer(schema, request);

        Assert.Equal(bytes, raw);
        Assert.Equal($$$"""[{"name":"x","datatype":"{{{datatype}}}","shape":[2],"parameters":{"binary_data_size":{{{bytes.Length}}}}}]""", json["outputs"]!.ToJsonString());
    }

    [Fact]
    public void An_output_s_own_word_counts_before_that_of_the_request()
    {
        var schema = Schemas.Of(Schemas.Tensor("a", Datatype.Int8, 1), Schemas.Tensor("b", Datatype.Int8, 1), Schemas.Tensor("c", Datatype.Int8, 1));
        var inputs = """[{"name":"a","shape":[1],"datatype":"INT8","data":[1]},{"name":"b","shape":[1],"datatype":"INT8","data":[2]},{"name":"c","shape":[1],"datatype":"INT8","data":[3]}]""";
        var request = Read(schema, $$$"""
            {"parameters":{"binary_data_output":true},"inputs":{{{inputs}}},
             "outputs":[{"name":"c"},{"name":"b","parameters":{"binary_data":false}},{"name":"a","parameters":{"binary_data":true}}]}
            """, []);

        var (json, raw) = Answer(schema, request);

        Assert.Equal([3, 1], raw);
        Assert.Equal("[2]", json["outputs"]![1]!["data"]!.ToJsonString());
        Assert.Null(json["outputs"]![0]!["data"]);
        Assert.Null(json["outputs"]![1]!["parameters"]);
    }

    [Fact]
    public void Without_a_word_outputs_are_JSON_even_where_inputs_are_raw()
    {
        var schema = Schemas.Single(Datatype.FP32, -1);
        var request = Read(schema, """{"inputs":[{"name":"x","shape":[2],"datatype":"FP32","parameters":{"binary_data_size":8}}]}""", Floats);
        using var target = new ByteBuffer();

        Assert.Null(new InferResponseWriter("m", "1", schema.Outputs).Write(target, request, [], request.Inputs, "p", default));
        Assert.Equal("[1,-2]", JsonNode.Parse(target.Written)!["outputs"]![0]!["data"]!.ToJsonString());
    }

    [Theory]
    [InlineData("[-1,2]", "FP32", 8, "[1,2]")]
    [InlineData("[-1]", "FP32", 12, "[3]")]
    [InlineData("[-1,-1]", "INT16", 6, "[1,3]")]
    [InlineData("[2,-1,2]", "UINT8", 12, "[2,3,2]")]
    [InlineData("[2,2]", "UINT8", 4, "[2,2]")]
    [InlineData("[-1,1]", "BYTES", 5, "[1,1]")]
    public void A_body_without_JSON_is_the_one_input(string signature, string datatype, int length, string shape)
    {
        Assert.True(Datatypes.TryParse(datatype, out var type));
        var schema = Schemas.Single(type, JsonNode.Parse(signature)!.AsArray().Select(size => (long)size!).ToArray());
        var body = Enumerable.Range(0, length).Select(i => (byte)i).ToArray();
        var request = new InferRequest(schema);

        Assert.True(InferRequestReader.TryRead(body, 0, request, out var problem), problem);

        Assert.Equal(shape, Shapes.Describe(request.Inputs[0].Shape));
        Assert.Equal(body, request.Inputs[0].Data.ToArray());
        Assert.True(request.IsBinary(request.Outputs[0]));
    }

    [Theory]
    [InlineData("[-1,2]", 7)]
    [InlineData("[2,2]", 12)]
    [InlineData("[3,-1,-1]", 12)]
    [InlineData("[-1,-1,-1]", 12)]
    public void A_body_without_JSON_that_does_not_fill_the_shape_is_refused(string signature, int length)
    {
        var schema = Schemas.Single(Datatype.FP32, JsonNode.Parse(signature)!.AsArray().Select(size => (long)size!).ToArray());

        Assert.False(InferRequestReader.TryRead(new byte[length], 0, new InferRequest(schema), out var problem));
        Assert.StartsWith("Input 'x': ", problem);
    }

    [Fact]
    public void A_body_without_JSON_needs_a_model_with_one_input()
    {
        Assert.False(InferRequestReader.TryRead(new byte[8], 0, new InferRequest(Two), out var problem));
        Assert.Contains("one input", problem);
    }

    [Theory]
    [InlineData(4, 1, "[1]", "FP32", "it has 1 bytes of data, but its shape asks for 4")]
    [InlineData(8, 8, "[1]", "FP32", "it has 8 bytes of data, but its shape asks for 4")]
    [InlineData(8, 9, "[2]", "FP32", "only 8 bytes left")]
    [InlineData(8, 8, "[3]", "FP32", "asks for 12")]
    [InlineData(9, 8, "[2]", "FP32", "1 bytes behind its JSON that no input claims")]
    [InlineData(8, -1, "[2]", "FP32", "must be a whole number")]
    [InlineData(8, 8, "[100]", "FP32", "more elements than the body holds")]
    [InlineData(2, 2, "[2]", "BYTES", "middle of a string's length")]
    [InlineData(4, 4, "[1]", "BYTES", "middle of a string")]
    [InlineData(2, 2, "[2]", "BOOL", "must be a byte of 0 or 1")]
    public void Raw_data_that_does_not_add_up_is_refused(int present, int claimed, string shape, string datatype, string expected)
    {
        Assert.True(Datatypes.TryParse(datatype, out var type));
        var json = $$$"""{"inputs":[{"name":"x","shape":{{{shape}}},"datatype":"{{{datatype}}}","parameters":{"binary_data_size":{{{claimed}}}}}]}""";
        var bytes = Enumerable.Repeat((byte)7, present).ToArray();
        if (present > 0 && claimed < present && claimed > 0 && !expected.Contains("claims", StringComparison.Ordinal)) bytes = bytes[..claimed];

        Assert.Contains(expected, Refuse(Schemas.Single(type, -1), json, bytes));
    }

    [Theory]
    [InlineData(2, 1, "more than the 1 strings")]
    [InlineData(1, 2, "it has 1 strings, but its shape asks for 2")]
    public void The_number_of_strings_must_be_that_of_the_shape(int present, int wanted, string expected)
    {
        var bytes = Strings([.. Enumerable.Repeat("abc", present)]);
        var json = $$$"""{"inputs":[{"name":"x","shape":[{{{wanted}}}],"datatype":"BYTES","parameters":{"binary_data_size":{{{bytes.Length}}}}}]}""";

        Assert.Contains(expected, Refuse(Schemas.Single(Datatype.Bytes, -1), json, bytes));
    }

    [Fact]
    public void Data_and_raw_bytes_for_the_same_input_are_refused() => Assert.Contains("as well as", Refuse(
        Schemas.Single(Datatype.Int8, -1),
        """{"inputs":[{"name":"x","shape":[1],"datatype":"INT8","data":[1],"parameters":{"binary_data_size":1}}]}""", [1]));

    [Fact]
    public void A_JSON_part_longer_than_the_body_is_refused()
    {
        Assert.False(InferRequestReader.TryRead("{}"u8, 3, new InferRequest(Two), out var problem));
        Assert.Contains("said to have 3 bytes", problem);
    }

    [Theory]
    [InlineData("""{"parameters":{"binary_data_output":1},"inputs":[]}""", "'binary_data_output' must be a boolean")]
    [InlineData("""{"parameters":{"priority":-1},"inputs":[]}""", "'priority' must be a whole number")]
    [InlineData("""{"parameters":{"timeout":1.5},"inputs":[]}""", "'timeout' must be a whole number")]
    [InlineData("""{"parameters":{"sequence_id":5},"inputs":[]}""", "not supported")]
    [InlineData("""{"inputs":[],"outputs":[{"name":"x","parameters":{"binary_data":"yes"}}]}""", "'binary_data' must be a boolean")]
    [InlineData("""{"inputs":[],"outputs":[{"name":"x","parameters":{"classification":0}}]}""", "'classification' must be a whole number above 0")]
    [InlineData("""{"inputs":[],"outputs":[{"name":"x","parameters":{"other":[]}}]}""", "'other' must be a string")]
    public void Reserved_parameters_of_the_wrong_type_are_refused(string json, string expected) =>
        Assert.Contains(expected, Schemas.Single(Datatype.Int8, -1).Refuse(json));

    private static InferRequest Read(RequestSchema schema, string json, byte[] binary)
    {
        var request = new InferRequest(schema);
        var head = Encoding.UTF8.GetBytes(json);
        Assert.True(InferRequestReader.TryRead([.. head, .. binary], head.Length, request, out var problem), problem);
        return request;
    }

    private static string Refuse(RequestSchema schema, string json, byte[] binary)
    {
        var head = Encoding.UTF8.GetBytes(json);
        Assert.False(InferRequestReader.TryRead([.. head, .. binary], head.Length, new InferRequest(schema), out var problem));
        return problem;
    }

    /// <summary>The answer of a model that gives back its inputs.</summary>
    private static (JsonNode Json, byte[] Raw) Answer(RequestSchema schema, InferRequest request)
    {
        using var target = new ByteBuffer();
        var shown = request.Outputs.ToArray().Select(output => request.Inputs[output.Index]).ToArray();
        var length = new InferResponseWriter("m", "1", schema.Outputs).Write(target, request, [], shown, "p", default);
        Assert.NotNull(length);
        return (JsonNode.Parse(target.Written[..length.Value])!, target.Written[length.Value..].ToArray());
    }

    private static byte[] Strings(params string[] texts)
    {
        var bytes = new List<byte>();
        foreach (var text in texts)
        {
            var length = new byte[4];
            BinaryPrimitives.WriteUInt32LittleEndian(length, (uint)text.Length);
            bytes.AddRange(length);
            bytes.AddRange(Encoding.UTF8.GetBytes(text));
        }

        return [.. bytes];
    }
}
