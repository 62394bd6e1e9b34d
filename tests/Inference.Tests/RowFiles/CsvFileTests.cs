using System.Text;
using Platform.Inference.RowFiles;
using static Platform.Inference.Tests.RowFiles.FileRows;

namespace Platform.Inference.Tests.RowFiles;

public sealed class CsvFileTests
{
    [Theory]
    [InlineData("age\n1\n\n3\n", "age", "1", "", "3")]
    [InlineData("age\r\n1\r\n\r\n3", "age", "1", "", "3")]
    [InlineData("age\n1\n\"\"\n\n", "age", "1", "", "")]
    [InlineData("\n\nage\n1\n", "age", "1")]
    public async Task An_empty_line_is_a_row_whose_only_cell_is_missing(string file, string columns, params string[] rows)
    {
        var read = await ReadAsync(RowFormat.Csv, file);

        Assert.Equal(columns, read.Columns);
        Assert.Equal(rows, read.Rows);
    }

    [Theory]
    [InlineData("a,b\n1,2\n\n3,4\n\n", "1|2", "3|4")]
    [InlineData("a,b\r\n1,2\r\n\r\n3,4", "1|2", "3|4")]
    [InlineData("a,b\n1,2\n\"\"\n,\n", "1|2", "has 1 cells, but the header names 2 columns.", "|")]
    public async Task Of_several_columns_it_is_no_row(string file, params string[] rows) =>
        Assert.Equal(rows, (await ReadAsync(RowFormat.Csv, file)).Rows);

    [Theory]
    [InlineData("\uFEFFage,name\r\n1,x\r\n", "age|name", "1|x")]
    [InlineData("age,name\r\n1,\"a, \"\"b\"\"\r\nc\"\r\n", "age|name", "1|a, \"b\"\r\nc")]
    [InlineData("age,AGE\n1,2\n", "age|AGE", "1|2")]
    [InlineData("\"a\"\"b\",größe\n1,2\n", "a\"b|größe", "1|2")]
    [InlineData("age,name\n", "age|name")]
    [InlineData("age,name", "age|name")]
    public async Task Marks_line_ends_and_quotes_are_read_as_the_format_has_them(string file, string columns, params string[] rows)
    {
        var read = await ReadAsync(RowFormat.Csv, file);

        Assert.Equal(columns, read.Columns);
        Assert.Equal(rows, read.Rows);
    }

    [Fact]
    public async Task A_row_that_is_no_utf8_is_told_and_a_header_that_is_none_ends_the_file()
    {
        byte[] row = [.. "a,b\n1,"u8, 0xFF, .. "\n2,3\n"u8], header = [.. "a,"u8, 0xFF, .. "\n1,2\n"u8];

        Assert.Equal(["is not text in UTF-8.", "2|3"], (await ReadAsync(RowFormat.Csv, row)).Rows);
        Assert.Equal("The header is not text in UTF-8.", (await Assert.ThrowsAsync<RowFileException>(() => ReadAsync(RowFormat.Csv, header))).Message);
    }

    [Fact]
    public async Task A_long_line_is_read_and_one_that_is_too_long_ends_the_file()
    {
        var cell = new string('x', FileRow.MaxBytes - 100);

        Assert.Equal([$"1|{cell}"], (await ReadAsync(RowFormat.Csv, $"a,b\n1,{cell}\n")).Rows);
        Assert.StartsWith("The file is not CSV: ", await ProblemAsync(RowFormat.Csv, $"a,b\n1,{cell}{cell}\n"));
    }

    [Fact]
    public async Task The_header_is_bounded()
    {
        Assert.Equal("The header names the column 'b' more than once.", await ProblemAsync(RowFormat.Csv, "b,a,b\n"));
        Assert.Equal("The file is empty: its first line must name the columns.", await ProblemAsync(RowFormat.Csv, "\n"));
        Assert.Contains("takes 1025 bytes, more than 1024", await ProblemAsync(RowFormat.Csv, new string('x', 1025) + ",b\n"));
        Assert.Equal($"The names of the file's columns take more than {FileColumns.MostNameBytes} bytes together.", await ProblemAsync(
            RowFormat.Csv, string.Join(',', Enumerable.Range(0, 300).Select(n => $"{n}{new string('x', 1000)}")) + "\n"));
        Assert.Equal("The file has more than 8192 different columns.", await ProblemAsync(RowFormat.Csv, string.Join(',', Enumerable.Range(0, 8193)) + "\n"));
    }
}
