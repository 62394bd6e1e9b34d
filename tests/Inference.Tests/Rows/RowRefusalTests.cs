using Platform.Inference.Rows;
using Platform.Inference.Tests.Protocol;
using Platform.Onnx.Tensors;

namespace Platform.Inference.Tests.Rows;

public sealed class RowRefusalTests
{
    private static readonly RowSchemas Mixed = RowSchemas.Mixed;

    [Fact]
    public void Everything_that_is_wrong_is_told_by_row_and_feature()
    {
        var problems = Mixed.Problems(RowSchemas.Body(
            RowSchemas.Good,
            """{"age":"old","purpose":"boat","savings":1e60,"job":7,"home":[1],"loans":2.5}""",
            """{"Age":44,"purpose":"car","savings":{"a":[]},"job":"clerk","home":"rent","loans":null,"loans":1}""",
            "[1,{}]",
            RowSchemas.Good));

        Assert.Equal(
            [
                ("rows[1].age", "must be a number, or null where it is missing."),
                ("rows[1].purpose", "must be one of the categories 'car', 'tv', or null where it is missing."),
                ("rows[1].savings", "is out of the range of FP32."),
                ("rows[1].job", "must be a text, or null where it is missing."),
                ("rows[1].home", "must be one of the categories 'own', 'rent', or null where it is missing."),
                ("rows[1].loans", "must be a whole number."),
                ("rows[2].Age", "is no feature of the model."),
                ("rows[2].savings", "must be a number, or null where it is missing."),
                ("rows[2].loans", "must be a whole number."),
                ("rows[2].age", "is missing."),
                ("rows[3]", "must be an object with a value for each feature."),
            ],
            problems.Select(problem => (problem.Key, problem.Value)));
    }

    [Fact]
    public void A_feature_that_is_given_twice_is_refused() =>
        Assert.Equal("is given twice.", Mixed.Problems(RowSchemas.Body(RowSchemas.Good.Replace("}", ""","age":1}""")))["rows[0].age"]);

    [Fact]
    public void A_text_that_is_no_Unicode_is_refused() =>
        Assert.Equal("is not valid Unicode text.", Mixed.Problems(RowSchemas.Body(RowSchemas.Good.Replace("clerk", "\\ud800")))["rows[0].job"]);

    [Fact]
    public void No_more_is_told_than_a_caller_can_do_with() =>
        Assert.Equal(RowProblems.Most, Mixed.Refuse(RowSchemas.Body([.. Enumerable.Repeat("{}", 100_000)])).Fields!.Count);

    [Fact]
    public void No_refusal_holds_a_value_of_the_caller()
    {
        var problems = Mixed.Problems(RowSchemas.Body("""{"age":"hunter2","purpose":"hunter2","savings":"hunter2","job":true,"home":"hunter2","loans":"hunter2"}"""));

        Assert.Equal(6, problems.Count);
        Assert.DoesNotContain(problems.Values, message => message.Contains("hunter2", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", "not valid JSON")]
    [InlineData("[]", "must be a JSON object")]
    [InlineData("{}", "has no 'rows'")]
    [InlineData("""{"rows":null}""", "has no 'rows'")]
    [InlineData("""{"rows":{}}""", "'rows' must be an array")]
    [InlineData("""{"rows":[],"rows":[]}""", "'rows' is given twice")]
    [InlineData("""{"rows":[],"inputs":[]}""", "no member 'inputs'")]
    [InlineData("""{"rows":[],"parameters":[]}""", "'parameters' must be an object")]
    [InlineData("""{"rows":[],"parameters":{"binary_data_output":true}}""", "no parameter 'binary_data_output'")]
    [InlineData("""{"rows":[],"parameters":{"timeout":"long"}}""", "'timeout' must be")]
    [InlineData("""{"rows":[{"age":nan}]}""", "not valid JSON")]
    [InlineData("""{"rows":[{"age":1""", "not valid JSON")]
    [InlineData("""{"rows":[]}x""", "not valid JSON")]
    public void A_body_of_another_form_is_told_what_is_wrong_with_it(string body, string expected) =>
        Assert.Contains(expected, Mixed.Refuse(body).Malformed);

    [Fact]
    public void A_name_that_is_no_Unicode_is_refused() =>
        Assert.Contains("not Unicode", Mixed.Refuse("""{"rows":[{"\ud800":1}]}""").Malformed);

    [Fact]
    public void A_model_of_one_row_takes_one()
    {
        var schema = new RowSchemas(null, Schemas.Tensor("x", Datatype.FP32, 1, 1));

        Assert.Equal(7, schema.Read("""{"rows":[{"x":7}]}""").Inputs[0].AsSpan<float>()[0]);
        Assert.Contains("one row at a time", schema.Refuse("""{"rows":[{"x":7},{"x":8}]}""").Malformed);
        Assert.Contains("one row at a time", schema.Refuse("""{"rows":[]}""").Malformed);
    }
}
