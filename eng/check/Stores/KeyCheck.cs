using System.Text.Json;
using Platform.Check.Reports;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Files;
using Platform.Hosting.Keys;

namespace Platform.Check.Stores;

/// <summary>Holds files with keys and secrets against the documents that know them.</summary>
internal static class KeyCheck
{
    private const int RedactionKeyBytes = 32;

    /// <summary>Looks at those of a folder, and of the services in it.</summary>
    public static void Run(string folder, IReadOnlyList<StoreState> documents, Report report)
    {
        foreach (var path in Files(folder, "*.key").Where(path => !report.WasRead(path)))
            if (Path.GetFileName(path) == "redaction.key") CheckRedaction(path, report);
            else CheckKey(path, documents, report);
        foreach (var path in Files(folder, "callback.secret").Where(path => !report.WasRead(path))) CheckSecret(path, documents, report);
    }

    private static IEnumerable<string> Files(string folder, string pattern) =>
        Directory.GetDirectories(folder).Where(path => Path.GetFileName(path) != "damaged").Prepend(folder).SelectMany(path => Directory.EnumerateFiles(path, pattern)).Order(StringComparer.Ordinal);

    private static void CheckKey(string path, IReadOnlyList<StoreState> documents, Report report)
    {
        var known = All(documents, "keys").Select(document => Text(document.Value, "sha256")).ToHashSet();
        if (known.Count == 0) return; // nothing here tells: they are in a database
        report.Read("keys", path);
        if (!known.Contains(KeyFormat.Digest(File.ReadAllText(path).TrimEnd())))
            report.Add(new Fault("keys", report.NameOf(path), null, "the registry knows no such key", "the key: make another with one that may manage keys", null));
    }

    private static void CheckRedaction(string path, Report report)
    {
        report.Read("keys", path);
        if (new FileInfo(path).Length != RedactionKeyBytes)
            report.Add(new Fault("keys", report.NameOf(path), null, $"it has not {RedactionKeyBytes} bytes", "the key of an earlier build", null));
    }

    private static void CheckSecret(string path, IReadOnlyList<StoreState> documents, Report report)
    {
        if (All(documents, "secrets").FirstOrDefault(document => document.Id == "callbacks") is not { } kept) return;
        report.Read("keys", path);
        if (File.ReadAllText(path) != Text(kept.Value, "secret"))
            report.Add(new Fault("keys", report.NameOf(path), null, "it is not the secret that callbacks are signed with", "nothing", SecretFile.Source));
    }

    private static IEnumerable<StoredDocument> All(IReadOnlyList<StoreState> documents, string collection) =>
        documents.SelectMany(store => store.Collection(collection).Page(new DocumentQuery(collection) { Limit = int.MaxValue }).Items);

    private static string Text(JsonElement of, string name) => of.TryGetProperty(name, out var member) ? member.GetString() ?? "" : "";
}
