using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Inference.Tests.Protocol;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Tests.Rows;

public sealed class RowSchemaTests
{
    [Fact]
    public void Without_an_authors_names_features_go_by_input_and_position()
    {
        var schema = new RowSchemas(null, Schemas.Tensor("x", Datatype.FP32, -1, 2, 2), Schemas.Tensor("y", Datatype.FP32, -1));

        Assert.Equal(["x[0,0]", "x[0,1]", "x[1,0]", "x[1,1]", "y"], schema.Rows.Columns.Select(column => column.Name));
    }

    [Fact]
    public void A_row_that_cannot_be_more_than_one_counts_as_a_dimension_of_the_position() => Assert.Equal(
        ["x[0,0]", "x[0,1]"], new RowSchemas(null, Schemas.Tensor("x", Datatype.FP32, 1, 2)).Rows.Columns.Select(column => column.Name));

    [Fact]
    public void The_authors_names_tell_how_long_a_row_of_free_length_is()
    {
        var schema = new RowSchemas([new() { Name = "a" }, new() { Name = "b" }], Schemas.Tensor("x", Datatype.FP32, -1, -1));

        Assert.Equal([2, 2], schema.Read("""{"rows":[{"a":1,"b":2},{"b":4,"a":3}]}""").Inputs[0].Shape.ToArray());
    }

    [Theory]
    [InlineData("[2,2]")]
    [InlineData("[-1,-1]")]
    [InlineData("[-1,5000]")]
    [InlineData("[]")]
    public void A_model_whose_rows_are_not_known_says_so(string shape) => Assert.Contains(
        "'x'", new RowSchemas(null, Schemas.Tensor("x", Datatype.FP32, JsonSerializer.Deserialize<long[]>(shape)!)).Rows.Problem);

    [Fact]
    public void Two_features_of_one_name_cannot_be_told_apart()
    {
        FeatureDefinition[] features = [new() { Name = "a" }, new() { Name = "a", Input = "y" }];

        Assert.Contains("more than one feature 'a'", new RowSchemas(features, Schemas.Tensor("x", Datatype.FP32, -1), Schemas.Tensor("y", Datatype.FP32, -1)).Rows.Problem);
    }

    [Fact]
    public void A_model_without_inputs_says_so() => Assert.Contains("no inputs", new RowSchemas(null).Rows.Problem);

    [Fact]
    public void Categories_that_are_numbers_go_by_their_names()
    {
        var schema = new RowSchemas([new() { Name = "a", Kind = "categorical", Categories = ["10", "1"] }], Schemas.Tensor("x", Datatype.FP32, -1));

        Assert.Equal([1, 0, 1, 0], schema.Read("""{"rows":[{"a":1},{"a":"10"},{"a":1.0},{"a":1e1}]}""").Inputs[0].AsSpan<float>().ToArray());
        Assert.Contains("'10', '1'", schema.Problems("""{"rows":[{"a":0}]}""")["rows[0].a"]);
    }
}
