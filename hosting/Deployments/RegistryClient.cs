using System.Net;
using System.Net.Http.Json;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Options;
using Platform.Contracts.Registry;
using Platform.Hosting.Artifacts;

namespace Platform.Hosting.Deployments;

/// <summary>
/// What the other services ask of the registry: its snapshot, its versions, and files by digest. All throw
/// <see cref="HttpRequestException"/> when the registry does not answer, or not in time.
/// </summary>
public sealed partial class RegistryClient(HttpClient http, IArtifactStore artifacts, IOptions<RegistryOptions> options, TimeProvider time)
{
    /// <summary>Whether a model, a version or an alias can be called that. Nothing else is asked for: with ".." it would be another question.</summary>
    public static bool IsName(string text) => Name().IsMatch(text);

    /// <summary>What serves now. Throws <see cref="HttpRequestException"/> when the registry does not answer.</summary>
    public async Task<DeploymentSnapshot> GetDeploymentsAsync(CancellationToken cancellationToken) =>
        await http.GetFromJsonAsync<DeploymentSnapshot>("v1/deployments", PlatformJson.Tolerant, cancellationToken)
        ?? throw new JsonException("The registry answered null.");

    /// <summary>A version by number or alias; null when there is no such version.</summary>
    public async Task<ModelVersionDescription?> FindVersionAsync(string model, string versionOrAlias, CancellationToken cancellationToken)
    {
        if (!IsName(model) || !IsName(versionOrAlias)) return null;
        using var response = await http.GetAsync(
            $"v1/models/{Uri.EscapeDataString(model)}/versions/{Uri.EscapeDataString(versionOrAlias)}", cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound) return null;
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<ModelVersionDescription>(PlatformJson.Tolerant, cancellationToken);
    }

    /// <summary>
    /// The path of a local file with this content, fetched first if it is not here. Accepts <c>sha256:…</c> or plain hex.
    /// Throws <see cref="InvalidDataException"/> when what the registry sent has another digest.
    /// </summary>
    public async Task<string> FetchArtifactAsync(string digest, CancellationToken cancellationToken)
    {
        var sha256 = Digest.ToHex(digest);
        if (artifacts.FindPath(sha256) is { } path) return path;

        using var response = await http.GetAsync($"v1/artifacts/{sha256}", HttpCompletionOption.ResponseHeadersRead, cancellationToken);
        response.EnsureSuccessStatusCode();
        await using var content = new PatientStream(await response.Content.ReadAsStreamAsync(cancellationToken), options.Value.Patience, time);
        using var staged = await artifacts.StageAsync(content, options.Value.MaxArtifactBytes, cancellationToken);
        return staged.Sha256 == sha256
            ? staged.Keep().Path
            : throw new InvalidDataException($"Artifact {sha256} arrived with the content of {staged.Sha256}.");
    }

    /// <summary>
    /// The path of a version's file, once those of its parts are here as well where it is a pipeline. Throws <see cref="PartMissingException"/>
    /// where the registry has one of them no more.
    /// </summary>
    public async Task<string> FetchFilesAsync(ModelVersionDescription version, CancellationToken cancellationToken)
    {
        foreach (var part in (version.Parts ?? []).DistinctBy(part => part.Sha256)) await FetchPartAsync(part, cancellationToken);
        return await FetchArtifactAsync(version.Sha256, cancellationToken);
    }

    private async Task FetchPartAsync(PipelinePart part, CancellationToken cancellationToken)
    {
        try
        {
            await FetchArtifactAsync(part.Sha256, cancellationToken);
        }
        catch (HttpRequestException exception) when (exception.StatusCode == HttpStatusCode.NotFound)
        {
            throw new PartMissingException(part, exception);
        }
    }

    /// <summary>The reference rows of a version; none when it has no reference dataset.</summary>
    public IAsyncEnumerable<ReferenceRow> ReadReferenceRowsAsync(ModelVersionDescription version, CancellationToken cancellationToken) =>
        ReadLinesAsync<ReferenceRow>(version.Reference?.RowsDigest, cancellationToken);

    /// <summary>The version's answers to its reference rows, line for line; none before a gate has run them.</summary>
    public IAsyncEnumerable<ReferencePrediction> ReadReferencePredictionsAsync(
        ModelVersionDescription version, CancellationToken cancellationToken) =>
        ReadLinesAsync<ReferencePrediction>(version.Reference?.PredictionsDigest, cancellationToken);

    private async IAsyncEnumerable<T> ReadLinesAsync<T>(string? digest, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (digest is null) yield break;
        var path = await FetchArtifactAsync(digest, cancellationToken);
        await using var file = File.OpenRead(path);
        var lines = JsonSerializer.DeserializeAsyncEnumerable<T>(file, topLevelValues: true, PlatformJson.Tolerant, cancellationToken);
        await foreach (var line in lines)
            if (line is not null) yield return line;
    }

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{0,99}$(?!\n)")]
    private static partial Regex Name();
}
