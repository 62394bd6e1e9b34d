using System.Text.Json.Nodes;

namespace Platform.Import;

/// <summary>Copies files, one at a time and without holding one in memory.</summary>
internal sealed class ArtifactCopy(MLflowServer source, MLflowServer target, ImportReport report)
{
    private const string Scheme = "mlflow-artifacts:";

    /// <summary>The path below the proxy of an address such as mlflow-artifacts:/1/ab/artifacts; null where the proxy does not serve it.</summary>
    public static string? PathOf(string? address)
    {
        if (address is null || !address.StartsWith(Scheme, StringComparison.Ordinal)) return null;
        var path = address[Scheme.Length..];
        if (path.StartsWith("//", StringComparison.Ordinal)) path = path[2..].IndexOf('/') is >= 0 and var slash ? path[(2 + slash)..] : "";
        return path.Trim('/');
    }

    /// <summary>Copies all files of a run. False where one was not to be had.</summary>
    public async Task<bool> RunAsync(string run, string? root, string targetFolder)
    {
        var known = await ListTargetAsync(targetFolder);
        return await RunFolderAsync(run, PathOf(root), "", targetFolder, known);
    }

    /// <summary>Copies a folder of the proxy; how many files there were.</summary>
    public async Task<int> FolderAsync(string folder, string targetFolder)
    {
        var files = 0;
        foreach (var entry in await source.ListFilesAsync(folder))
        {
            var path = entry.Required("path");
            if (!IsPlain(path, $"file {path} in {folder}")) continue;
            var (from, to) = ($"{folder}/{path}", $"{targetFolder}/{path}");
            if (entry.IsTrue("is_dir"))
            {
                files += await FolderAsync(from, to);
                continue;
            }

            await CopyAsync(() => source.OpenAsync(from), to);
            files++;
        }

        return files;
    }

    private async Task<bool> RunFolderAsync(string run, string? root, string folder, string targetFolder, IReadOnlyDictionary<string, string?> known)
    {
        var whole = true;
        var page = source.ListAsync("artifacts/list", "files", ("run_id", run), ("path", folder.Length > 0 ? folder : null));
        await foreach (var entry in page)
        {
            var path = entry.Required("path");
            if (!IsPlain(path, $"file {path} of run {run}")) whole = false;
            else if (entry.IsTrue("is_dir")) whole &= await RunFolderAsync(run, root, path, targetFolder, await ListTargetAsync($"{targetFolder}/{path}"));
            else if (known.TryGetValue(path[(path.LastIndexOf('/') + 1)..], out var size) && size == entry.Text("file_size")) report.Known("files");
            else whole &= await TryCopyAsync(run, root, path, targetFolder);
        }

        return whole;
    }

    private async Task<bool> TryCopyAsync(string run, string? root, string path, string targetFolder)
    {
        try
        {
            await CopyAsync(() => root is null ? source.OpenOfRunAsync(run, path) : source.OpenAsync($"{root}/{path}"), $"{targetFolder}/{path}");
            return true;
        }
        catch (MLflowException error)
        {
            report.LeftOut($"file {path} of run {run}", error.Message);
            return false;
        }
    }

    private bool IsPlain(string path, string what)
    {
        if (ArtifactPath.IsPlain(path)) return true;
        report.LeftOut(what, ArtifactPath.Refuse(path).Message);
        return false;
    }

    private async Task CopyAsync(Func<Task<HttpResponseMessage>> open, string to)
    {
        using var answer = await open();
        await using var content = await answer.Content.ReadAsStreamAsync();
        await target.PutAsync(to, content);
        report.Copied("files");
    }

    /// <summary>Names and sizes of the files of a folder that are there already.</summary>
    private async Task<IReadOnlyDictionary<string, string?>> ListTargetAsync(string folder) =>
        (await target.ListFilesAsync(folder)).Where(entry => !entry.IsTrue("is_dir")).ToDictionary(entry => entry.Required("path"), entry => entry.Text("file_size"));
}
