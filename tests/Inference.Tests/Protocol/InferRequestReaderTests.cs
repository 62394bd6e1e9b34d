using System.Text;
using Platform.Inference.Protocol;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Tests.Protocol;

public sealed class InferRequestReaderTests
{
    private static readonly RequestSchema Two = Schemas.Of(
        Schemas.Tensor("a", Datatype.FP32, -1, 2), Schemas.Tensor("b", Datatype.Bytes, -1));

    [Fact]
    public void Inputs_are_read_into_their_tensors_in_any_order_of_inputs_and_members()
    {
        var request = Two.Read("""
            {"parameters":{"k":"v","n":1,"f":true},"id":"42",
             "inputs":[
               {"data":["x","y"],"shape":[2],"name":"b","datatype":"BYTES"},
               {"datatype":"FP32","data":[[1,2],[3,4.5]],"name":"a","parameters":{"content_type":"np"},"shape":[2,2]}],
             "outputs":[{"name":"b"}],"unknown":{"deep":[1,{"er":null}]}}
            """);

        Assert.Equal([1, 2, 3, 4.5f], request.Inputs[0].AsSpan<float>().ToArray());
        Assert.Equal("y"u8, request.Inputs[1].GetString(1));
        Assert.Equal([1], request.Outputs.ToArray().Select(output => output.Index));
        Assert.Equal(2, request.Rows);
        Assert.True(request.HasRows);
    }

    [Theory]
    [InlineData("[1,2,3,4]")]
    [InlineData("[[1,2],[3,4]]")]
    [InlineData(" [ [ 1 , 2 ] , [ 3 , 4 ] ] ")]
    [InlineData("[\n1,\t2,\r\n3, 4]")]
    [InlineData("[[[1],[2]],[],[[3],[4]]]")]
    [InlineData("[[],1,2,3,4,[]]")]
    public void Data_may_be_flat_or_nested(string data)
    {
        var request = Schemas.Single(Datatype.Int32, -1, 2).Read(Schemas.Body("INT32", "[2,2]", data));

        Assert.Equal([1, 2, 3, 4], request.Inputs[0].AsSpan<int>().ToArray());
    }

    [Fact]
    public void Without_outputs_all_are_wanted()
    {
        var request = Two.Read("""{"inputs":[{"name":"a","shape":[1,2],"datatype":"FP32","data":[1,2]},{"name":"b","shape":[1],"datatype":"BYTES","data":["t"]}],"outputs":[]}""");

        Assert.Equal([0, 1], request.Outputs.ToArray().Select(output => output.Index));
    }

    [Fact]
    public void Inputs_that_disagree_on_the_first_dimension_have_no_rows()
    {
        var request = Two.Read("""{"inputs":[{"name":"a","shape":[2,2],"datatype":"FP32","data":[1,2,3,4]},{"name":"b","shape":[1],"datatype":"BYTES","data":["t"]}]}""");

        Assert.False(request.HasRows);
        Assert.Equal(1, request.Rows);
    }

    [Fact]
    public void A_request_object_is_used_again_without_traces_of_the_one_before()
    {
        var schema = Schemas.Single(Datatype.Bytes, -1);
        var request = schema.Read(Schemas.Body("BYTES", "[3]", """["one","two","three"]""").Replace("}]}", """}],"id":"1"}"""));
        Assert.True(InferRequestReader.TryRead(Encoding.UTF8.GetBytes(Schemas.Body("BYTES", "[1]", """["four"]""")), null, request, out _));

        Assert.Equal(0, request.Id.Length);
        Assert.Equal(1, request.Inputs[0].Count);
        Assert.Equal("four"u8, request.Inputs[0].GetString(0));
    }

    [Theory]
    [InlineData(""" "id":null """)]
    [InlineData(""" "id" : \n null""")]
    [InlineData(""" "parameters":null """)]
    [InlineData(""" "parameters":{"content_type":null,"priority":null,"timeout":null,"binary_data_output":null,"timings":null,"sequence_id":null} """)]
    [InlineData(""" "outputs":null """)]
    [InlineData(""" "outputs":[{"name":"x","parameters":null}] """)]
    [InlineData(""" "outputs":[{"parameters":{"classification":null,"binary_data":null,"other":null},"name":"x"}] """)]
    public void A_member_that_is_null_is_as_good_as_left_out(string member)
    {
        var schema = Schemas.Single(Datatype.FP32, -1, 2);
        var body = $$"""{{{member}},"inputs":[{"parameters":null,"name":"x","datatype":"FP32","shape":[1,2],"data":[1,2]}]}""";

        var request = schema.Read(body.Replace("\\n", "\n", StringComparison.Ordinal));

        Assert.Equal(0, request.Id.Length);
        Assert.Equal(default, request.Parameters);
        Assert.Equal([new RequestedOutput(0)], request.Outputs.ToArray());
        Assert.Equal([1f, 2f], request.Inputs[0].AsSpan<float>().ToArray());
    }

    [Theory]
    [InlineData("""{"inputs":[{"name":null,"datatype":"FP32","shape":[1,2],"data":[1,2]}]}""", "has no name")]
    [InlineData("""{"inputs":[{"name":"x","datatype":null,"shape":[1,2],"data":[1,2]}]}""", "'datatype' is missing")]
    [InlineData("""{"inputs":[{"name":"x","datatype":"FP32","shape":null,"data":[1,2]}]}""", "'shape' is missing")]
    [InlineData("""{"inputs":[{"name":"x","datatype":"FP32","shape":[1,2],"data":null}]}""", "'data' is missing")]
    [InlineData("""{"id":nul,"inputs":[]}""", "not valid JSON")]
    [InlineData("""{"id":nulls,"inputs":[]}""", "not valid JSON")]
    public void A_member_that_is_needed_is_missing_where_it_is_null(string body, string expected) =>
        Assert.Contains(expected, Schemas.Single(Datatype.FP32, -1, 2).Refuse(body));

    [Fact]
    public void A_byte_order_mark_is_passed_over_and_what_is_quoted_stands_where_it_stood()
    {
        var body = Encoding.UTF8.GetBytes("\uFEFF" + """{"id":"42","inputs":[{"name":"x","datatype":"FP32","shape":[1,2],"data":[1,2]}]}""");
        var request = new InferRequest(Schemas.Single(Datatype.FP32, -1, 2));

        Assert.True(InferRequestReader.TryRead(body, null, request, out var problem), problem);

        Assert.Equal("\"42\"", Encoding.UTF8.GetString(body.AsSpan(request.Id.Start, request.Id.Length)));
        Assert.Equal("[1,2]", Encoding.UTF8.GetString(request.SourceOf(0, body)));
    }

    [Theory]
    [InlineData("", "The body is empty")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("{", "not valid JSON")]
    [InlineData("{} x", "not valid JSON")]
    [InlineData("{}", "no 'inputs'")]
    [InlineData("""{"inputs":{}}""", "'inputs' must be an array")]
    [InlineData("""{"inputs":null}""", "The request has no 'inputs'.")]
    [InlineData("""{"inputs":[1]}""", "'inputs' must be an array of objects")]
    [InlineData("""{"inputs":[]}""", "The input 'x' is missing")]
    [InlineData("""{"inputs":[],"inputs":[]}""", "'inputs' is given twice")]
    [InlineData("""{"inputs":[{}]}""", "has no name")]
    [InlineData("""{"inputs":[{"name":1}]}""", "must be a string")]
    [InlineData("""{"inputs":[{"name":"nope"}]}""", "The model has no input 'nope'")]
    [InlineData("""{"inputs":[{"name":"x"}]}""", "Input 'x': 'shape' is missing")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,2]}]}""", "Input 'x': 'datatype' is missing")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32"}]}""", "Input 'x': 'data' is missing")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP31","data":[1,2]}]}""", "there is no datatype 'FP31'")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,2],"datatype":"INT64","data":[1,2]}]}""", "the model takes FP32, not INT64")]
    [InlineData("""{"inputs":[{"name":"x","data":[1,2],"shape":[1,2],"datatype":"INT64"}]}""", "the model takes FP32, not INT64")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,2],"shape":[1,2],"datatype":"FP32","data":[1,2]}]}""", "'shape' is given twice")]
    [InlineData("""{"inputs":[{"name":"x","name":"x"}]}""", "gives its name twice")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[1,2],"data":[1,2]}]}""", "'data' is given twice")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[1,2]},{"name":"x","shape":[1,2],"datatype":"FP32","data":[1,2]}]}""", "The input 'x' is given twice")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[1,2]}],"outputs":[{"name":"z"}]}""", "no output 'z'")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[1,2]}],"outputs":[{"name":"x"},{"name":"x"}]}""", "asked for twice")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[1,2]}],"outputs":[{}]}""", "has no name")]
    [InlineData("""{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[1,2]}],"outputs":["x"]}""", "array of objects")]
    [InlineData("""{"id":"\ud800!","inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[1,2]}]}""", "'id' is not valid Unicode")]
    [InlineData("""{"id":7,"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","data":[1,2]}]}""", "'id' must be a string")]
    [InlineData("""{"parameters":{"p":[1]},"inputs":[]}""", "The parameter 'p' must be")]
    [InlineData("""{"parameters":7,"inputs":[]}""", "'parameters' must be an object")]
    public void A_request_of_the_wrong_form_is_refused_with_what_is_wrong(string body, string expected) =>
        Assert.Contains(expected, Schemas.Single(Datatype.FP32, -1, 2).Refuse(body));

    [Theory]
    [InlineData("[1]", "[1]", "does not fit the model's [-1,2]")]
    [InlineData("[1,3]", "[1,2,3]", "does not fit the model's [-1,2]")]
    [InlineData("[-1,2]", "[1,2]", "not negative")]
    [InlineData("[1.5,2]", "[1,2]", "whole numbers")]
    [InlineData("[\"1\",2]", "[1,2]", "whole numbers")]
    [InlineData("[99999999999999999999,2]", "[1,2]", "whole numbers")]
    [InlineData("1", "[1,2]", "'shape' must be an array")]
    [InlineData("[9223372036854775807,2]", "[1,2]", "more elements than the body holds")]
    [InlineData("[1000000,2]", "[1,2]", "more elements than the body holds")]
    [InlineData("[1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1,1]", "[1]", "more than 16 dimensions")]
    [InlineData("[2,2]", "[1,2,3]", "'data' has 3 elements, but the shape asks for 4")]
    [InlineData("[1,2]", "[1,2,3]", "more than the 2 elements")]
    [InlineData("[0,2]", "[1]", "more than the 0 elements")]
    [InlineData("[1,2]", "[]", "'data' has 0 elements")]
    [InlineData("[1,2]", "1", "'data' must be an array")]
    [InlineData("[1,2]", "[1,", "element 1 of")]
    [InlineData("[1,2]", "[1,2", "not valid JSON")]
    [InlineData("[1,2]", "[1 2]", "not valid JSON near element 1")]
    [InlineData("[1,2]", "[1,2,]", "more than the 2 elements")]
    [InlineData("[1,2]", "[,1]", "element 0 of 'data' is not a FP32 value")]
    [InlineData("[1,2]", "[1,\"2\"]", "element 1 of 'data' is not a FP32 value")]
    [InlineData("[1,2]", "[1,true]", "element 1 of 'data' is not a FP32 value")]
    [InlineData("[1,2]", "[1,{}]", "element 1 of 'data' is not a FP32 value")]
    [InlineData("[1,2]", "[1,1e39]", "element 1 of 'data' is out of the range of FP32")]
    [InlineData("[1,2]", "[1,01]", "element 1")]
    [InlineData("[1,2]", "[1,.5]", "element 1")]
    [InlineData("[1,2]", "[1,5.]", "element 1")]
    [InlineData("[1,2]", "[1,1e]", "element 1")]
    [InlineData("[1,2]", "[1,+1]", "element 1")]
    public void A_tensor_that_does_not_add_up_is_refused_by_name_and_element(string shape, string data, string expected)
    {
        var problem = Schemas.Single(Datatype.FP32, -1, 2).Refuse(Schemas.Body("FP32", shape, data));

        Assert.Contains(expected, problem);
        if (!expected.Contains("JSON", StringComparison.Ordinal) || expected.Contains("near", StringComparison.Ordinal)) Assert.StartsWith("Input 'x': ", problem);
    }

    [Theory]
    [InlineData("INT8", "128", "out of the range")]
    [InlineData("INT8", "-129", "out of the range")]
    [InlineData("UINT8", "256", "out of the range")]
    [InlineData("UINT8", "-1", "out of the range")]
    [InlineData("INT64", "9223372036854775808", "out of the range")]
    [InlineData("UINT64", "18446744073709551616", "out of the range")]
    [InlineData("UINT64", "99999999999999999999999", "out of the range")]
    [InlineData("INT32", "1.5", "not a whole number")]
    [InlineData("INT64", "3.0000000000000000000000000000000000001", "not a whole number")]
    [InlineData("INT64", "1e-1", "not a whole number")]
    [InlineData("INT64", "1e-999999999", "not a whole number")]
    [InlineData("INT8", "128.0", "out of the range")]
    [InlineData("INT64", "9223372036854775808.0", "out of the range")]
    [InlineData("UINT64", "1e99999", "out of the range")]
    [InlineData("UINT8", "-1e0", "out of the range")]
    [InlineData("INT32", "1.", "not valid JSON")]
    [InlineData("INT32", "1.e5", "not valid JSON")]
    [InlineData("INT32", "1e", "not valid JSON")]
    [InlineData("INT32", "01.0", "not valid JSON")]
    [InlineData("INT32", "null", "is not a INT32 value")]
    [InlineData("INT32", "007", "not valid JSON")]
    [InlineData("BOOL", "2", "is not a BOOL value")]
    [InlineData("BOOL", "null", "is not a BOOL value")]
    [InlineData("FP16", "70000", "out of the range")]
    [InlineData("BF16", "3.4e38", "out of the range")]
    [InlineData("FP64", "1e309", "out of the range")]
    [InlineData("BYTES", "1", "is not a BYTES value")]
    [InlineData("BYTES", "\"\\ud800\"", "not valid Unicode")]
    [InlineData("BYTES", "\"\\x\"", "not valid JSON")]
    [InlineData("BYTES", "\"line\nbreak\"", "not valid JSON")]
    public void An_element_that_its_type_cannot_hold_is_refused(string datatype, string element, string expected)
    {
        Assert.True(Datatypes.TryParse(datatype, out var type));

        Assert.Contains(expected, Schemas.Single(type, -1).Refuse(Schemas.Body(datatype, "[1]", $"[{element}]")));
    }

    [Fact]
    public void Text_that_is_not_UTF8_is_refused()
    {
        var body = Encoding.UTF8.GetBytes(Schemas.Body("BYTES", "[1]", "[\"?\"]"));
        body[Array.IndexOf(body, (byte)'?')] = 0xFF;

        Assert.Contains("not valid Unicode", Schemas.Single(Datatype.Bytes, -1).Refuse(body));
    }

    [Fact]
    public void Data_nested_without_end_is_refused() =>
        Assert.Contains("nested too deeply",
            Schemas.Single(Datatype.FP32, -1, 2).Refuse(Schemas.Body("FP32", "[1,2]", new string('[', 100_000))));

    [Fact]
    public void Names_and_types_may_be_written_with_escapes()
    {
        var request = Schemas.Single(Datatype.FP32, -1, 2).Read(
            """{"\u0069nputs":[{"n\u0061me":"\u0078","sh\u0061pe":[1,2],"datatype":"FP\u0033\u0032","d\u0061ta":[1,2]}]}""");

        Assert.Equal([1f, 2f], request.Inputs[0].AsSpan<float>().ToArray());
    }

    [Fact]
    public void An_id_that_is_not_Unicode_is_refused_because_the_answer_repeats_it()
    {
        var body = Encoding.Latin1.GetBytes("""{"id":"é",""" + Schemas.Body("FP32", "[1,2]", "[1,2]")[1..]);

        Assert.Contains("'id' is not valid Unicode", Schemas.Single(Datatype.FP32, -1, 2).Refuse(body));
    }

    [Fact]
    public void Inputs_in_shared_memory_are_refused() => Assert.Contains("Input 'x': shared memory is not supported", Schemas.Single(Datatype.FP32, -1, 2).Refuse(
        """{"inputs":[{"name":"x","shape":[1,2],"datatype":"FP32","parameters":{"shared_memory_region":"r","shared_memory_byte_size":8}}]}"""));

    [Fact]
    public void Outputs_in_shared_memory_are_refused() => Assert.Contains("Shared memory is not supported", Schemas.Single(Datatype.FP32, -1, 2).Refuse(
        Schemas.Body("FP32", "[1,2]", "[1,2]")[..^1] + ""","outputs":[{"name":"x","parameters":{"shared_memory_region":"r","shared_memory_byte_size":8}}]}"""));

    [Fact]
    public void Messages_never_repeat_the_values_of_a_request()
    {
        var problem = Schemas.Single(Datatype.FP32, -1, 2).Refuse(Schemas.Body("FP32", "[1,2]", """[1,"a secret"]"""));

        Assert.DoesNotContain("secret", problem);
    }

    [Fact]
    public void Any_damaged_request_gets_an_answer()
    {
        var random = new Random(11);
        var whole = Encoding.UTF8.GetBytes("""{"id":"1","inputs":[{"name":"a","shape":[2,2],"datatype":"FP32","data":[[1,2.5e0],[-3,4]]},{"data":["t\n","é"],"name":"b","shape":[2],"datatype":"BYTES"}],"outputs":[{"name":"a"}]}""");
        var request = new InferRequest(Two);
        for (var round = 0; round < 20_000; round++)
        {
            var damaged = (byte[])whole.Clone();
            for (var i = random.Next(1, 4); i > 0; i--) damaged[random.Next(damaged.Length)] = (byte)random.Next(256);
            var length = random.Next(3) == 0 ? random.Next(damaged.Length) : damaged.Length;
            InferRequestReader.TryRead(damaged.AsSpan(0, length), null, request, out _);
        }
    }
}
