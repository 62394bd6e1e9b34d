using System.Text.Json.Nodes;
using Platform.Registry.MLflow.LoggedModels;
using Platform.Registry.MLflow.Protocol;
using Platform.Registry.MLflow.Runs;
using Platform.Registry.Versions;

namespace Platform.Registry.MLflow.Registration;

/// <summary>Finds out what the source of a version stands for: <c>models:/m-…</c>, <c>models:/name/1</c>, <c>runs:/…</c> or the address of a folder.</summary>
internal sealed class VersionSource(RunStore runs, LoggedModelStore models, RegistryLookup lookup)
{
    private const string VersionsTag = "mlflow.modelVersions";
    private const string Models = "models:/";
    private const string Runs = "runs:/";

    public async Task<VersionOrigin> ResolveAsync(CreateModelVersion request, bool isPrompt, CancellationToken cancellationToken)
    {
        var source = MLflowRequest.Required(request.Source, "source");
        Check(source, isPrompt);
        var origin = new VersionOrigin(source, null, request.RunId.OrNull(), request.RunLink.OrNull(), request.ModelId.OrNull());
        origin = await LocateAsync(origin, cancellationToken);
        if (origin.RunId is null && origin.ModelId is { } model)
            origin = origin with { RunId = (await models.FindAsync(model, cancellationToken)).SourceRunId.OrNull() };
        return origin;
    }

    /// <summary>Tells a logged model of the version that was made of it.</summary>
    public Task NoteAsync(string model, string name, string version, CancellationToken cancellationToken) => models.ChangeAsync(model, known =>
    {
        var registrations = known.Registrations.Append(new ModelRegistration(name, version)).ToArray();
        var text = new JsonArray([.. registrations.Select(made => (JsonNode)new JsonObject { ["name"] = made.Name, ["version"] = made.Version })]);
        return known with { Registrations = registrations, Tags = KeyValue.Merge(known.Tags, [new KeyValue(VersionsTag, text.ToJsonString())]) };
    }, cancellationToken);

    private async Task<VersionOrigin> LocateAsync(VersionOrigin origin, CancellationToken cancellationToken)
    {
        var source = origin.Source;
        if (source.StartsWith(Runs, StringComparison.Ordinal))
        {
            var (id, path) = Split(source[Runs.Length..]);
            var run = await runs.FindAsync(id, cancellationToken);
            return origin with { Location = Join(run.ArtifactUri, path), RunId = origin.RunId ?? id };
        }

        if (!source.StartsWith(Models, StringComparison.Ordinal)) return origin with { Location = source };
        var (name, version) = Split(source[Models.Length..]);
        if (version.Length > 0)
        {
            var (_, copied) = await lookup.VersionAsync(name, version, cancellationToken);
            return origin with { Location = copied.Origin?.Location ?? ModelVersionView.SourceOf(copied), RunId = origin.RunId ?? copied.Origin?.RunId };
        }

        var model = await models.FindAsync(name, cancellationToken);
        return origin with { Location = model.ArtifactUri, ModelId = origin.ModelId ?? model.ModelId, RunId = origin.RunId ?? model.SourceRunId.OrNull() };
    }

    /// <summary>The platform reads nobody's files: a source is an address.</summary>
    private static void Check(string source, bool isPrompt)
    {
        var plain = Uri.UnescapeDataString(source);
        var isAddress = source.IndexOf(":/", StringComparison.Ordinal) > 0 && !source.StartsWith("file:", StringComparison.OrdinalIgnoreCase);
        if (plain.Split('/', '\\').Contains("..") || plain.Any(char.IsControl) || (!isAddress && (!isPrompt || source.StartsWith('/'))))
            throw MLflowException.Invalid($"Invalid model version source: '{source}'. If supplying a source as an http, https, local file path, ftp, "
                + "objectstore, or mlflow-artifacts uri, an absolute path must be provided without relative path references present. Please provide an absolute path.");
    }

    private static (string Name, string Path) Split(string path) =>
        path.IndexOf('/') is > 0 and var slash ? (path[..slash], path[(slash + 1)..].Trim('/')) : (path, "");

    private static string Join(string uri, string path) => path.Length == 0 ? uri : $"{uri.TrimEnd('/')}/{path}";
}
