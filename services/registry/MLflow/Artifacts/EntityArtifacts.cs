using Platform.Registry.MLflow.LoggedModels;
using Platform.Registry.MLflow.Protocol;
using Platform.Registry.MLflow.Runs;

namespace Platform.Registry.MLflow.Artifacts;

/// <summary>The artifacts of runs and of logged models.</summary>
internal sealed class EntityArtifacts(ArtifactTree tree, RunStore runs, LoggedModelStore models)
{
    public async Task<object> ListOfRunAsync(ListRunArtifacts request, MLflowCall call)
    {
        var run = await runs.FindAsync(MLflowRequest.Required(request.RunId.OrNull() ?? request.RunUuid, "run_id"), call.Cancellation);
        return await ListAsync(run.ArtifactUri, request.Path, call.Cancellation);
    }

    public async Task<object> ListOfModelAsync(ListModelArtifacts request, MLflowCall call)
    {
        var model = await models.FindAsync(MLflowRequest.Required(request.ModelId, "model_id"), call.Cancellation);
        return await ListAsync(model.ArtifactUri, request.ArtifactDirectoryPath, call.Cancellation);
    }

    /// <summary>What lies in a folder of the proxy: names alone.</summary>
    public async Task<FilesAnswer> ListAsync(string path, CancellationToken cancellationToken) =>
        new(null, (await tree.ListAsync(path, cancellationToken)).Select(entry => View(entry, ArtifactPath.NameOf(entry.Path))).ToList().OrNull());

    /// <summary>The path of something of a run.</summary>
    public async Task<string> PathOfRunAsync(string? run, string? path, CancellationToken cancellationToken) =>
        PathOf((await runs.FindAsync(MLflowRequest.Required(run, "run_id"), cancellationToken)).ArtifactUri, path);

    /// <summary>The path of something of a logged model.</summary>
    public async Task<string> PathOfModelAsync(string? model, string? path, CancellationToken cancellationToken) =>
        PathOf((await models.FindAsync(MLflowRequest.Required(model, "model_id"), cancellationToken)).ArtifactUri, path);

    public static string PathOf(string root, string? path) => ArtifactPath.OfUri(root) is { } folder
        ? ArtifactPath.Join(folder, ArtifactPath.Check(path))
        : throw MLflowException.Invalid($"The artifacts are kept at '{root}', not here; ask there.");

    private async Task<FilesAnswer> ListAsync(string root, string? path, CancellationToken cancellationToken)
    {
        var inside = ArtifactPath.Check(path);
        var files = await tree.ListAsync(PathOf(root, inside), cancellationToken);
        return new FilesAnswer(root, files.Select(entry => View(entry, ArtifactPath.Join(inside, ArtifactPath.NameOf(entry.Path)))).ToList().OrNull());
    }

    private static FileView View(ArtifactEntry entry, string path) => new(path, entry.IsDir, entry.SizeBytes);
}
