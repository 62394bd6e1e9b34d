using System.Text.Json;
using Platform.Contracts.Inference;
using Platform.Hosting;

namespace Platform.Export;

/// <summary>Writes the records that are asked for as tables.</summary>
internal static class TableExporter
{
    /// <summary>
    /// Returns how many rows were written, and how many records could not be read. The folder appears when it is complete. Throws
    /// <see cref="IOException"/> when the log cannot be read or the folder is there already, <see cref="HttpRequestException"/> when the platform does
    /// not answer.
    /// </summary>
    public static async Task<ExportedRecords> RunAsync(ExportCommand command)
    {
        if (Path.Exists(command.File)) throw new IOException($"{command.File} is there already.");
        var partial = Path.TrimEndingDirectorySeparator(command.File) + ".partial";
        if (Path.Exists(partial)) throw new IOException($"{partial} is there already: what another export has left, or is writing.");
        Directory.CreateDirectory(partial);
        try
        {
            var written = await WriteAsync(command, partial);
            Directory.Move(partial, command.File);
            return written;
        }
        catch
        {
            Directory.Delete(partial, recursive: true);
            throw;
        }
    }

    private static async Task<ExportedRecords> WriteAsync(ExportCommand command, string folder)
    {
        using var versions = new VersionNames(command.Platform);
        var tables = new TableFolder(folder, versions);
        await using (tables)
        {
            var unreadable = 0L;
            foreach (var record in Exporter.Records(command))
            {
                if (record is not { } json || RecordHead.Read(json.Span) is not { } head) unreadable++;
                else if (command.Wants(head) && !await TryWriteAsync(tables, json)) unreadable++;
            }
            await tables.CompleteAsync();
            return new ExportedRecords(tables.Rows, unreadable);
        }
    }

    private static async Task<bool> TryWriteAsync(TableFolder tables, ReadOnlyMemory<byte> json)
    {
        try
        {
            await tables.AddAsync(JsonSerializer.Deserialize<PredictionLogged>(json.Span, PlatformJson.Tolerant)!);
            return true;
        }
        catch (Exception exception) when (exception is JsonException or FormatException)
        {
            return false; // its tensors are not as a tensor is; it is counted
        }
    }
}
