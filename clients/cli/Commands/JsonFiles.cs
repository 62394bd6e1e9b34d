using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Cli.Settings;

namespace Platform.Cli.Commands;

internal static class JsonFiles
{
    /// <summary>The JSON object in a file.</summary>
    /// <exception cref="UsageException">There is none.</exception>
    public static JsonObject ReadObject(FileInfo file)
    {
        try
        {
            return JsonNode.Parse(File.ReadAllText(file.FullName)) as JsonObject ?? throw new UsageException($"{file} holds no JSON object");
        }
        catch (JsonException exception)
        {
            throw new UsageException($"{file} is no JSON: {exception.Message}");
        }
    }
}
