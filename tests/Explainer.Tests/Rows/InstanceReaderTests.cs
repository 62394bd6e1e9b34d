using System.Text.Json;
using Platform.Explainer.Rows;
using Platform.Hosting;
using Platform.Onnx.Sessions;
using Platform.Onnx.Tensors;

namespace Platform.Explainer.Tests.Rows;

public sealed class InstanceReaderTests
{
    private static readonly ModelSignature Two = new([Input("a", Datatype.FP32, -1, 2), Input("b", Datatype.Bytes, -1, 1)], []);

    [Fact]
    public void Inputs_lie_side_by_side_in_the_signatures_order_whatever_the_requests()
    {
        var instances = Read(Two, """
            [{"name":"b","datatype":"BYTES","shape":[2,1],"data":["x","y"]},
             {"name":"a","datatype":"FP32","shape":[2,2],"data":[[1,2],[3,null]]}]
            """);

        Assert.Equal((2, 3, true), (instances.Count, instances.Layout.Features, instances.Layout.Batched));
        Assert.Equal([1, 2, instances.Vocabulary.Code("x")], instances.Row(0));
        Assert.Equal([3, double.NaN, instances.Vocabulary.Code("y")], instances.Row(1));
        Assert.Equal("y", instances.Vocabulary.Text(instances.Row(1)[2]));
    }

    [Fact]
    public void A_model_without_a_batch_dimension_has_one_row()
    {
        var instances = Read(
            new([Input("x", Datatype.FP32, 2, 2)], []), """[{"name":"x","datatype":"FP32","shape":[2,2],"data":[1,2,3,4]}]""");

        Assert.Equal((1, 4, false), (instances.Count, instances.Layout.Features, instances.Layout.Batched));
    }

    [Fact]
    public void An_image_is_a_row_of_its_pixels()
    {
        var pixels = string.Join(',', Enumerable.Range(0, 784).Select(pixel => pixel % 256));

        var instances = Read(
            new([Input("x", Datatype.UInt8, -1, 1, 28, 28)], []),
            $$"""[{"name":"x","datatype":"UINT8","shape":[1,1,28,28],"data":[{{pixels}}]}]""");

        Assert.Equal(784, instances.Layout.Features);
        Assert.Equal(783 % 256, instances.Row(0)[783]);
    }

    [Theory]
    [InlineData("""[]""", "missing")]
    [InlineData("""[{"name":"a","datatype":"FP32","shape":[1,2],"data":[1,2]}]""", "'b' is missing")]
    [InlineData("""[{"name":"c","datatype":"FP32","shape":[1,2],"data":[1,2]}]""", "no input 'c'")]
    [InlineData("""[{"name":"a","datatype":"FP32","shape":[1,2],"data":[1,2]},{"name":"a","datatype":"FP32","shape":[1,2],"data":[1,2]}]""", "more than once")]
    [InlineData("""[{"name":"a","datatype":"FP64","shape":[1,2],"data":[1,2]},{"name":"b","datatype":"BYTES","shape":[1,1],"data":[""]}]""", "is FP32, not FP64")]
    [InlineData("""[{"name":"a","datatype":"FP32","shape":[1,3],"data":[1,2,3]},{"name":"b","datatype":"BYTES","shape":[1,1],"data":[""]}]""", "[-1,2], not [1,3]")]
    [InlineData("""[{"name":"a","datatype":"FP32","shape":[2],"data":[1,2]},{"name":"b","datatype":"BYTES","shape":[1,1],"data":[""]}]""", "not [2]")]
    [InlineData("""[{"name":"a","datatype":"FP32","shape":[-1,2],"data":[1,2]},{"name":"b","datatype":"BYTES","shape":[1,1],"data":[""]}]""", "not [-1,2]")]
    [InlineData("""[{"name":"a","datatype":"FP32","shape":[2,2],"data":[1,2,3,4]},{"name":"b","datatype":"BYTES","shape":[1,1],"data":[""]}]""", "same number of rows")]
    [InlineData("""[{"name":"a","datatype":"FP32","shape":[1,2],"data":[1]},{"name":"b","datatype":"BYTES","shape":[1,1],"data":[""]}]""", "1 elements, and its shape asks for 2")]
    [InlineData("""[{"name":"a","datatype":"FP32","shape":[1,2],"data":[1,2,3]},{"name":"b","datatype":"BYTES","shape":[1,1],"data":[""]}]""", "more than the 2")]
    [InlineData("""[{"name":"a","datatype":"FP32","shape":[1,2],"data":[1,"2"]},{"name":"b","datatype":"BYTES","shape":[1,1],"data":[""]}]""", "String is not FP32")]
    [InlineData("""[{"name":"a","datatype":"FP32","shape":[1,2],"data":{"0":1}},{"name":"b","datatype":"BYTES","shape":[1,1],"data":[""]}]""", "Object is not FP32")]
    [InlineData("""[{"name":"a","datatype":"FP32","shape":[1,2],"data":[1,1e999]},{"name":"b","datatype":"BYTES","shape":[1,1],"data":[""]}]""", "too large")]
    public void What_does_not_fit_the_signature_is_refused_with_the_reason(string json, string reason)
    {
        var error = InstanceReader.Read(Two, Parse(json), new CellVocabulary()).Error;

        Assert.Equal((400, "explainer.inputs_invalid"), (error!.Status, error.Code));
        Assert.Contains(reason, error.Detail);
    }

    [Theory]
    [InlineData(Datatype.UInt8, "256")]
    [InlineData(Datatype.Int8, "-129")]
    [InlineData(Datatype.Int32, "1.5")]
    [InlineData(Datatype.Int64, "9223372036854775808")]
    [InlineData(Datatype.Int64, "9007199254740993.5")]
    [InlineData(Datatype.UInt64, "18446744073709551616")]
    [InlineData(Datatype.UInt64, "-1")]
    [InlineData(Datatype.Int64, "null")]
    [InlineData(Datatype.Bool, "2")]
    [InlineData(Datatype.Bytes, "1")]
    [InlineData(Datatype.FP32, "true")]
    public void A_cell_that_its_datatype_cannot_hold_is_refused(Datatype datatype, string json)
    {
        using var element = JsonDocument.Parse(json);

        Assert.NotNull(Cells.Read(element.RootElement, datatype, new CellVocabulary(), out _));
    }

    [Theory]
    [InlineData(Datatype.Int64, "3.0", "3")]
    [InlineData(Datatype.Int64, "-9007199254740992", "-9007199254740992")]
    [InlineData(Datatype.Int64, "9007199254740993", "9007199254740993")]
    [InlineData(Datatype.Int64, "-9223372036854775808", "-9223372036854775808")]
    [InlineData(Datatype.UInt64, "18446744073709551615", "18446744073709551615")]
    public void Whole_numbers_keep_their_last_digit(Datatype datatype, string json, string whole)
    {
        using var element = JsonDocument.Parse(json);
        var vocabulary = new CellVocabulary();
        vocabulary.Code(Int128.Parse("9007199254740995"));

        Assert.Null(Cells.Read(element.RootElement, datatype, vocabulary, out var cell));
        Assert.Equal(whole, vocabulary.Whole(cell).ToString());
    }

    [Theory]
    [InlineData("""[0,2]""", "explainer.row_count")]
    [InlineData("""[101,2]""", "explainer.row_count")]
    public void Too_many_rows_or_none_are_refused(string shape, string code)
    {
        var given = Parse($$"""[{"name":"a","datatype":"FP32","shape":{{shape}},"data":[]}]""");

        Assert.Equal(code, InstanceReader.Read(new([Input("a", Datatype.FP32, -1, 2)], []), given, new CellVocabulary()).Error?.Code);
    }

    [Theory]
    [InlineData("""[1,5000]""")]
    [InlineData("""[1,9223372036854775807]""")]
    public void Rows_that_are_too_wide_are_refused_before_they_are_read(string shape)
    {
        var given = Parse($$"""[{"name":"a","datatype":"FP32","shape":{{shape}},"data":[]}]""");

        var error = InstanceReader.Read(new([Input("a", Datatype.FP32, -1, -1)], []), given, new CellVocabulary()).Error;

        Assert.Equal((422, "explainer.too_many_features"), (error!.Status, error.Code));
    }

    [Fact]
    public void Inputs_that_are_too_wide_together_are_refused()
    {
        var given = Parse("""
            [{"name":"a","datatype":"FP32","shape":[1,2],"data":[1,2]},{"name":"b","datatype":"FP32","shape":[1,9223372036854775807],"data":[]}]
            """);

        var signature = new ModelSignature([Input("a", Datatype.FP32, -1, -1), Input("b", Datatype.FP32, -1, -1)], []);

        Assert.Equal("explainer.too_many_features", InstanceReader.Read(signature, given, new CellVocabulary()).Error?.Code);
    }

    [Fact]
    public void Rows_without_cells_are_refused()
    {
        var given = Parse("""[{"name":"a","datatype":"FP32","shape":[1,0],"data":[]}]""");

        Assert.NotNull(InstanceReader.Read(new([Input("a", Datatype.FP32, -1, -1)], []), given, new CellVocabulary()).Error);
    }

    [Fact]
    public void One_row_of_several_can_be_taken_out()
    {
        var tensor = Parse("""[{"name":"a","datatype":"FP32","shape":[3,2],"data":[[1,2],[3,4],[5,6]]}]""")[0].Row(1);

        Assert.Equal([1L, 2L], tensor.Shape);
        Assert.Equal([3, 4], tensor.Cells.Select(cell => cell.GetInt32()));
    }

    internal static TensorSpec Input(string name, Datatype datatype, params long[] shape) =>
        new(name, datatype, shape, [.. shape.Select(_ => "")]);

    private static List<GivenTensor> Parse(string json) =>
        [.. JsonSerializer.Deserialize<InputTensor[]>(json, PlatformJson.Strict)!.Select(GivenTensor.From)];

    private static Instances Read(ModelSignature signature, string json)
    {
        var result = InstanceReader.Read(signature, Parse(json), new CellVocabulary());
        Assert.True(result.Succeeded(out var instances, out var error), error?.Detail);
        return instances!;
    }
}
