using Microsoft.Net.Http.Headers;
using Platform.Inference.Scoring;

namespace Platform.Inference.Tests.Scoring;

public sealed class ResultFormatTests
{
    [Theory]
    [InlineData("text/csv", true)]
    [InlineData("TEXT/CSV; charset=utf-8", true)]
    [InlineData("text/*", true)]
    [InlineData("text/csv, */*", true)]
    [InlineData("text/csv;q=0.5, */*;q=0.1", true)]
    [InlineData("text/csv;q=0.2, application/vnd.apache.parquet;q=0.1", true)]
    [InlineData("application/vnd.apache.parquet, text/csv;q=0.1", false)]
    [InlineData("text/csv, application/vnd.apache.parquet", false)]
    [InlineData("text/csv;q=0", false)]
    [InlineData("text/*, text/csv;q=0", false)]
    [InlineData("*/*", false)]
    [InlineData("application/json", false)]
    public void It_is_csv_where_that_is_wanted_more(string accept, bool isText) =>
        Assert.Equal(isText, ResultFormat.IsText(MediaTypeHeaderValue.ParseList([accept]).ToList()));
}
