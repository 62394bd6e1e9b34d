using System.Text;
using System.Text.Json;
using Platform.Inference.RowFiles;

namespace Platform.Inference.Tests.RowFiles;

/// <summary>Files as their rows, cells apart by bars: <c>-</c> for one that is missing, <c>?</c> for one that is not there.</summary>
internal static class FileRows
{
    public static Task<(string Columns, string[] Rows)> ReadAsync(string format, string file) => ReadAsync(format, Encoding.UTF8.GetBytes(file));

    public static async Task<(string Columns, string[] Rows)> ReadAsync(string format, byte[] file)
    {
        await using var rows = await RowFile.OpenAsync(format, new MemoryStream(file), columns: null, CancellationToken.None);
        List<string> found = [];
        await foreach (var row in rows.ReadAsync(CancellationToken.None))
        {
            Assert.Equal(found.Count, row.Number);
            found.Add(row.Problem ?? string.Join('|', row.Cells.Select(TextOf)));
        }

        return (string.Join('|', rows.Columns.Select(column => column.Name)), [.. found]);
    }

    /// <summary>Why a file cannot be read.</summary>
    public static async Task<string> ProblemAsync(string format, string file) =>
        (await Assert.ThrowsAsync<RowFileException>(() => ReadAsync(format, file))).Message;

    private static string TextOf(object? cell) =>
        cell is null ? "-" : cell == FileRow.Absent ? "?" : cell is JsonElement json ? json.GetRawText() : (string)cell;
}
