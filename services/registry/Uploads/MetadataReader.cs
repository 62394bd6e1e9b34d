using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Hosting.Errors;

namespace Platform.Registry.Uploads;

/// <summary>Reads the metadata of an upload.</summary>
internal static class MetadataReader
{
    /// <summary>The metadata in the file at <paramref name="path"/>; none when it is null.</summary>
    public static async Task<Result<VersionMetadata>> ReadAsync(string? path, CancellationToken cancellationToken)
    {
        if (path is null) return new VersionMetadata();
        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<VersionMetadata>(file, MetadataJson.Options, cancellationToken) is { } metadata
                ? metadata
                : Problems.Invalid("The metadata must be a JSON object, not null.");
        }
        catch (JsonException exception)
        {
            return JsonProblems.Describe(exception, "metadata");
        }
    }
}
