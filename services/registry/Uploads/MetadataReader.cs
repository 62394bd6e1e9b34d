using System.Text.Json;
using Platform.Contracts.Registry;
using Platform.Hosting;
using Platform.Hosting.Errors;

namespace Platform.Registry.Uploads;

/// <summary>Reads the metadata of an upload.</summary>
internal static class MetadataReader
{
    public static async Task<Result<VersionMetadata>> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            await using var file = File.OpenRead(path);
            return await JsonSerializer.DeserializeAsync<VersionMetadata>(file, PlatformJson.Strict, cancellationToken) is { } metadata
                ? metadata
                : Problems.Invalid("The metadata must be a JSON object, not null.");
        }
        catch (JsonException exception)
        {
            return Problems.Invalid($"The metadata cannot be read: {exception.Message}");
        }
    }
}
