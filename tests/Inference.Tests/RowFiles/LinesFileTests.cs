using Platform.Inference.RowFiles;
using static Platform.Inference.Tests.RowFiles.FileRows;

namespace Platform.Inference.Tests.RowFiles;

public sealed class LinesFileTests
{
    [Fact]
    public async Task The_names_of_all_objects_are_its_columns()
    {
        var read = await ReadAsync(RowFormat.Lines, "\uFEFF{\"a\":1,\"b\":null}\r\n\n{\"c\":\"x\",\"a\":1e3}");

        Assert.Equal("a|b|c", read.Columns);
        Assert.Equal(["1|-", "1e3|?|\"x\""], read.Rows);
    }

    [Fact]
    public async Task Long_names_end_the_file_one_by_one_and_together()
    {
        var lines = Enumerable.Range(0, 300).Select(n => $"{{\"{n}{new string('é', 500)}\":1}}").ToList();

        Assert.Contains("a column whose name takes 2000 bytes, more than 1024", await ProblemAsync(RowFormat.Lines, $"{{\"{new string('é', 1000)}\":1}}"));
        Assert.Equal(200, (await ReadAsync(RowFormat.Lines, string.Join('\n', lines.Take(200)))).Rows.Length);
        Assert.Equal($"The names of the file's columns take more than {FileColumns.MostNameBytes} bytes together.",
            await ProblemAsync(RowFormat.Lines, string.Join('\n', lines)));
    }

    [Fact]
    public async Task A_line_that_is_too_long_ends_the_file() => Assert.Equal(
        $"The file has a line of more than {FileRow.MaxBytes} bytes: each row must be a line of its own.",
        await ProblemAsync(RowFormat.Lines, $"{{\"a\":\"{new string('x', FileRow.MaxBytes)}\"}}"));
}
