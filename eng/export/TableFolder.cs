using System.Globalization;
using Platform.Contracts.Inference;
using Platform.Hosting.PredictionLog.Tables;

namespace Platform.Export;

/// <summary>
/// Tables by model and day. Each file holds rows of one version with the same columns: where a version has got another column, the next file begins.
/// A few files are open at a time, so that memory is bounded; what comes to a closed one goes into another part.
/// </summary>
internal sealed class TableFolder(string folder, VersionNames versions) : IAsyncDisposable
{
    private const int MostOpen = 8;

    private readonly Dictionary<(string Model, string Version), (RecordTables Tables, RecordSchema Schema)> _versions = [];
    private readonly Dictionary<string, int> _parts = [];
    private readonly LinkedList<TablePart> _open = new(); // the last used first

    /// <summary>Rows that were written.</summary>
    public long Rows { get; private set; }

    /// <summary>Throws <see cref="System.Text.Json.JsonException"/> or <see cref="FormatException"/> where the record is not as a record is.</summary>
    public async Task AddAsync(PredictionLogged record)
    {
        // Callers make up versions; their requests are refused, and hold no tensors.
        var key = (record.Subject, record.Data.Inputs.Count + record.Data.Outputs.Count == 0 ? "" : record.Data.Version);
        if (!_versions.TryGetValue(key, out var version))
            _versions[key] = version = (new(await versions.FindAsync(key.Subject, key.Item2)), new());
        var table = version.Tables.Read(record);
        var rows = new List<object?[]>(table.Rows);
        version.Schema.Add(table);
        for (var row = 0; row < table.Rows; row++) rows.Add(version.Schema.Read(table.Row(row, version.Schema.Columns)));
        var part = await PartAsync(key, record.Time, version.Schema);
        foreach (var row in rows) await part.Table.AddAsync(row, default);
        Rows += rows.Count;
    }

    public async Task CompleteAsync()
    {
        while (_open.Last is { } last) await CloseAsync(last);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var part in _open) await part.File.DisposeAsync();
    }

    private async Task<TablePart> PartAsync((string Model, string Version) version, DateTimeOffset time, RecordSchema schema)
    {
        foreach (var outdated in Nodes().Where(node => node.Value.Version == version && node.Value.Columns != schema.Columns).ToArray())
            await CloseAsync(outdated);
        var day = time.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        if (Nodes().FirstOrDefault(node => node.Value.Version == version && node.Value.Day == day) is { } open)
        {
            _open.Remove(open);
            _open.AddFirst(open);
            return open.Value;
        }
        if (_open.Count == MostOpen) await CloseAsync(_open.Last!);
        return _open.AddFirst(await BeginAsync(version, day, schema)).Value;
    }

    private async Task<TablePart> BeginAsync((string Model, string Version) version, string day, RecordSchema schema)
    {
        // A name as Hive writes it: whatever stands in a record, it is one folder's.
        var partition = Path.Combine(folder, $"model={Uri.EscapeDataString(version.Model)}", $"date={day}");
        Directory.CreateDirectory(partition);
        var number = _parts[partition] = _parts.GetValueOrDefault(partition) + 1;
        var file = new FileStream(Path.Combine(partition, $"part-{number}.parquet"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        return new TablePart(version, day, schema.Columns, file, await TableWriter.BeginAsync(schema.Columns, file, default));
    }

    private async Task CloseAsync(LinkedListNode<TablePart> part)
    {
        await part.Value.Table.CompleteAsync(default);
        await part.Value.File.DisposeAsync();
        _open.Remove(part);
    }

    private IEnumerable<LinkedListNode<TablePart>> Nodes()
    {
        for (var node = _open.First; node is not null; node = node.Next) yield return node;
    }
}

/// <summary>A file that is being written.</summary>
internal sealed record TablePart(
    (string Model, string Version) Version, string Day, IReadOnlyList<TableColumn> Columns, FileStream File, TableWriter Table);
