using System.Text.Json;
using Platform.Hosting.Artifacts;
using Platform.Hosting.Documents;
using Platform.Hosting.Documents.Files;

namespace Platform.Check.Artifacts;

/// <summary>What the registry's documents say is in the artifact store.</summary>
internal static class ArtifactReferences
{
    public static IEnumerable<(string Sha256, string What)> In(StoreState store) =>
        All(store, "versions").SelectMany(OfVersion).Concat(All(store, "mlflow-artifacts").SelectMany(OfEntry)).Where(reference => Digest.IsSha256(reference.Sha256));

    private static IEnumerable<(string Sha256, string What)> OfVersion(StoredDocument document)
    {
        if (Flag(document.Value, "isDeleted") || Member(document.Value, "description") is not { } version) yield break;
        var name = $"{Text(version, "model")} {Text(version, "version")}";
        yield return (Text(version, "sha256"), $"the model file of {name}");
        if (Member(version, "reference") is not { ValueKind: JsonValueKind.Object } reference) yield break;
        yield return (Digest.ToHex(Text(reference, "digest")), $"the reference dataset of {name}");
        yield return (Digest.ToHex(Text(reference, "rowsDigest")), $"the reference rows of {name}");
        yield return (Digest.ToHex(Text(reference, "predictionsDigest")), $"the answers of {name} to its reference rows");
    }

    private static IEnumerable<(string Sha256, string What)> OfEntry(StoredDocument document) =>
        Flag(document.Value, "isDir") ? [] : [(Text(document.Value, "sha256"), $"the MLflow artifact {Text(document.Value, "path")}")];

    private static IReadOnlyList<StoredDocument> All(StoreState store, string collection) =>
        store.Collection(collection).Page(new DocumentQuery(collection) { Limit = int.MaxValue }).Items;

    private static JsonElement? Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) ? member : null;

    private static string Text(JsonElement of, string name) => Member(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private static bool Flag(JsonElement of, string name) => Member(of, name) is { ValueKind: JsonValueKind.True };
}
