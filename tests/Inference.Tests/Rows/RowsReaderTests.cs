using System.Text;
using Platform.Inference.Protocol;
using Platform.Inference.Rows;
using Platform.Inference.Tests.Protocol;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Tests.Rows;

public sealed class RowsReaderTests
{
    private static readonly RowSchemas Mixed = RowSchemas.Mixed;

    [Theory]
    [InlineData(RowSchemas.Good)]
    [InlineData("""{"loans":2,"home":"rent","job":"clerk","savings":1.5,"purpose":"car","age":44}""")]
    [InlineData("""{ "\u0061ge" : 4.4e1 , "home":"r\u0065nt","job":"clerk","loans":2.0,"savings":1.5,"purpose":"c\u0061r" }""")]
    [InlineData("""{"age":44,"purpose":0,"savings":1.5,"job":"clerk","home":1,"loans":2}""")]
    public void A_row_is_read_in_any_order_and_notation(string row)
    {
        var request = Mixed.Read(RowSchemas.Body(row));

        Assert.Equal([44, 0, 1.5f], request.Inputs[0].AsSpan<float>().ToArray());
        Assert.Equal(["clerk", "rent"], Texts(request.Inputs[1]));
        Assert.Equal([2], request.Inputs[2].AsSpan<long>().ToArray());
        Assert.Equal([1, 3], request.Inputs[0].Shape.ToArray());
        Assert.Equal([1], request.Inputs[2].Shape.ToArray());
        Assert.Equal((1, true), (request.Rows, request.HasRows));
        Assert.Equal([0, 1, 2], request.Outputs.ToArray().Select(output => output.Index));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(1000)]
    public void Any_number_of_rows_is_read(int count)
    {
        var rows = Enumerable.Range(0, count).Select(i =>
            $$"""{"home":"{{(i % 2 == 0 ? "own" : "rent")}}","age":{{i}},"job":"j{{i}}","purpose":"tv","savings":-{{i}},"loans":{{i}}}""");

        var request = Mixed.Read(RowSchemas.Body([.. rows]));

        Assert.Equal(Enumerable.Range(0, count).SelectMany(i => new float[] { i, 1, -i }), request.Inputs[0].AsSpan<float>().ToArray());
        Assert.Equal(Enumerable.Range(0, count).SelectMany(i => new[] { $"j{i}", i % 2 == 0 ? "own" : "rent" }), Texts(request.Inputs[1]));
        Assert.Equal(Enumerable.Range(0, count).Select(i => (long)i), request.Inputs[2].AsSpan<long>().ToArray());
        Assert.Equal([count, 2], request.Inputs[1].Shape.ToArray());
        Assert.Equal(count == 0, request.IsEmpty);
    }

    [Theory]
    [InlineData("null", "null")]
    [InlineData("null", "\"\"")]
    [InlineData("null", "\" N/A \"")]
    public void What_is_missing_is_NaN_or_the_empty_text(string number, string category)
    {
        var request = Mixed.Read(RowSchemas.Body($$"""{"age":{{number}},"purpose":{{category}},"savings":null,"job":null,"home":{{category}},"loans":0}"""));

        Assert.All(request.Inputs[0].AsSpan<float>().ToArray(), cell => Assert.True(float.IsNaN(cell)));
        Assert.Equal(["", ""], Texts(request.Inputs[1]));
    }

    [Fact]
    public void A_request_object_is_used_again_without_traces_of_the_one_before()
    {
        var request = Mixed.Read(RowSchemas.Body(RowSchemas.Good, RowSchemas.Good, RowSchemas.Good));

        Assert.Null(RowsReader.Read(Encoding.UTF8.GetBytes(RowSchemas.Body(RowSchemas.Good)), Mixed.Rows, request));

        Assert.Equal(1, request.Rows);
        Assert.Equal(["clerk", "rent"], Texts(request.Inputs[1]));
    }

    [Fact]
    public void Priority_and_time_out_are_taken()
    {
        var request = Mixed.Read($$"""{"parameters":{"priority":1,"timeout":5000},"rows":[{{RowSchemas.Good}}]}""");

        Assert.Equal((1, 5000), (request.Parameters.Priority, request.Parameters.TimeoutMicros));
    }

    [Theory]
    [InlineData(Datatype.FP64)]
    [InlineData(Datatype.FP16)]
    [InlineData(Datatype.BF16)]
    [InlineData(Datatype.Int64)]
    [InlineData(Datatype.Int32)]
    [InlineData(Datatype.Int16)]
    [InlineData(Datatype.Int8)]
    [InlineData(Datatype.UInt64)]
    [InlineData(Datatype.UInt32)]
    [InlineData(Datatype.UInt16)]
    [InlineData(Datatype.UInt8)]
    [InlineData(Datatype.Bool)]
    public void Numbers_and_places_of_categories_are_written_in_every_datatype(Datatype datatype)
    {
        var schema = new RowSchemas([new() { Name = "a" }, new() { Name = "b", Kind = "categorical", Categories = ["no", "yes"] }], Schemas.Tensor("x", datatype, -1, 2));

        var tensor = schema.Read("""{"rows":[{"a":1,"b":"yes"},{"b":"no","a":0}]}""").Inputs[0];

        Assert.Equal([1, 1, 0, 0], Enumerable.Range(0, 4).Select(i => TensorNumbers.At(tensor, i)));
    }

    [Theory]
    [InlineData("""{"rows":[]}""", true)]
    [InlineData("""{"parameters":{"priority":1},"rows":[{}]}""", true)]
    [InlineData("""{"id":"1","inputs":[],"rows":[]}""", false)]
    [InlineData("""{"rows":null,"inputs":[]}""", false)]
    [InlineData("""{"inputs":[]}""", false)]
    [InlineData("""{"inp""", false)]
    [InlineData("""[1]""", false)]
    public void A_body_of_either_form_is_told_by_its_members(string body, bool expected) =>
        Assert.Equal(expected, RowsReader.IsByName(Encoding.UTF8.GetBytes(body)));

    private static string[] Texts(TensorBuffer tensor) =>
        [.. Enumerable.Range(0, tensor.Count).Select(i => Encoding.UTF8.GetString(tensor.GetString(i)))];
}
