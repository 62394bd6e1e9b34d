using Platform.Cli.Commands;
using Platform.Cli.Settings;

namespace Platform.Clients.Tests.CommandLine;

public sealed class RowFileTests
{
    [Theory]
    [InlineData("csv", "age,purpose,own,savings\n44,\"car, used\",true,\n")]
    [InlineData("ndjson", "{\"age\":44,\"purpose\":\"car, used\",\"own\":true,\"savings\":null}\n\n")]
    [InlineData("json", "[{\"age\":44,\"purpose\":\"car, used\",\"own\":true,\"savings\":null}]")]
    [InlineData("json", "{\"rows\":[{\"age\":44,\"purpose\":\"car, used\",\"own\":true,\"savings\":null}]}")]
    [InlineData("json", "{\"age\":44,\"purpose\":\"car, used\",\"own\":true,\"savings\":null}")]
    public void Rows_are_the_same_in_every_format(string format, string text) => Assert.Equal(
        "{\"age\":44,\"purpose\":\"car, used\",\"own\":true,\"savings\":null}", Assert.Single(RowFiles.Read(new StringReader(text), format, [])).ToJsonString());

    [Fact]
    public void Columns_that_are_no_features_are_left_out() =>
        Assert.Equal("{\"age\":44}", Assert.Single(RowFiles.Read(new StringReader("age,label\n44,good\n"), "csv", ["label"])).ToJsonString());

    [Theory]
    [InlineData("csv", "a,b\n1,2\n3\n", "row 2 has 1 cells, the header 2")]
    [InlineData("ndjson", "{}\n[1]\n", "line 2 is no object")]
    [InlineData("ndjson", "{}\n{\n", "line 2 is no JSON")]
    [InlineData("json", "[1]", "row 0 is no object")]
    public void What_cannot_be_read_is_named(string format, string text, string said) =>
        Assert.Contains(said, Assert.Throws<UsageException>(() => RowFiles.Read(new StringReader(text), format, []).Count()).Message, StringComparison.Ordinal);

    [Fact]
    public void The_name_tells_the_format() =>
        Assert.Equal(["csv", "json", "ndjson", "ndjson"], new[] { "a.CSV", "a.json", "a.ndjson", null }.Select(RowFiles.FormatOf));
}
