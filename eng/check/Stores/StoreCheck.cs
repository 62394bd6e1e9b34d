using System.Text.Json;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Check.Reports;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Files;

namespace Platform.Check.Stores;

/// <summary>Reads the files of a store of documents as it does when it is opened, and the events before the last ones, too.</summary>
internal sealed class StoreCheck(string folder, Report report)
{
    private readonly string _name = report.NameOf(folder);

    private string Account => Path.Combine(folder, "account.json");

    /// <summary>What the store holds; null when it cannot be read at all.</summary>
    public StoreState? Run()
    {
        try
        {
            return Read();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or JsonException or FormatException)
        {
            report.Add(new Fault($"{_name}/documents", _name, null, $"it cannot be read: {exception.Message}", "all that it holds", null));
            return null;
        }
    }

    private StoreState Read()
    {
        var files = new UntouchedFiles();
        var damage = new StoreDamage(folder, files, TimeProvider.System, NullLogger.Instance, isAfresh: true);
        var store = new StoreFolder(folder, files, damage);
        var loaded = store.Load();
        var replay = Replay.Of(store.Journal, loaded, damage);
        var older = store.Events.Read(1, replay.State.FirstRecent, int.MaxValue).ToList();
        Count(store, replay.State);
        Tell(loaded, replay);
        var faults = new StoreFaults(_name, replay.State, [.. older, .. replay.State.RecentEvents], loaded.State.RecentEvents);
        // One that holds nothing has an account, too, since it was opened first.
        if (!File.Exists(Account) && loaded.Unsealed.Count == 0 && In("journal").Any()) damage.Found("account.json", "it is missing, or was damaged", null);
        foreach (var fault in damage.Findings.GroupBy(finding => finding.File).Select(faults.Of)) report.Add(fault);
        return replay.State;
    }

    private void Count(StoreFolder store, StoreState state)
    {
        foreach (var (collection, documents) in state.Collections) report.Found($"{_name}/documents/{collection}", documents.Total.Count);
        foreach (var path in In("documents")) report.Read($"{_name}/documents/{Path.GetFileName(Path.GetDirectoryName(path))}", path, records: 0);
        foreach (var path in In("events")) report.Read($"{_name}/events", path, records: 0);
        if (state.LastSequence > 0) report.Found($"{_name}/events", state.LastSequence);
        foreach (var path in In("journal"))
            report.Read($"{_name}/journal", path, store.Journal.Read(long.Parse(Path.GetFileNameWithoutExtension(path))).Entries.Count);
        if (File.Exists(Account)) report.Read($"{_name}/account.json", Account);
    }

    private void Tell(LoadedFiles loaded, Replay replay)
    {
        if (replay.EndIsTorn) report.Note($"{_name}/journal ends amid a commit of which nobody was told; the next start drops it");
        if (loaded.Unsealed.Count > 0) report.Note($"{_name}/documents: {loaded.Unsealed.Count} of an earlier build have no checksum until the next start");
    }

    private IEnumerable<string> In(string part)
    {
        var path = Path.Combine(folder, part);
        return Directory.Exists(path)
            ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".tmp", StringComparison.Ordinal))
            : [];
    }
}
