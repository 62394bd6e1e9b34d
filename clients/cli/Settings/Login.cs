using System.Text.Json;
using System.Text.Json.Nodes;

namespace Platform.Cli.Settings;

/// <summary>Which platform is called, and with which key: the environment's, else what <c>platform login</c> has stored.</summary>
/// <param name="file">Where it is stored.</param>
/// <param name="environment">Reads variables.</param>
internal sealed class Login(string file, Func<string, string?> environment)
{
    /// <summary>The variable with the address.</summary>
    public const string UrlVariable = "PLATFORM_URL";

    /// <summary>The variable with the key.</summary>
    public const string KeyVariable = "PLATFORM_KEY";

    private const string DefaultUrl = "http://127.0.0.1:8080";

    /// <summary>Where it is stored.</summary>
    public string File => file;

    public static Login FromEnvironment() => new(
        Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ApplicationData, Environment.SpecialFolderOption.DoNotVerify), "platform", "login.json"),
        Environment.GetEnvironmentVariable);

    /// <summary>The address and the key to use. A stored key goes to the platform that it was stored for, and to no other.</summary>
    public (Uri Url, string? Key) Read(string? url)
    {
        var stored = Stored();
        var storedUrl = (string?)stored?["url"];
        var chosen = Address(url ?? environment(UrlVariable) ?? storedUrl ?? DefaultUrl);
        var own = storedUrl is not null && chosen == Address(storedUrl);
        return (chosen, environment(KeyVariable) ?? (own ? (string?)stored!["key"] : null));
    }

    /// <summary>Stores both, for this user's eyes only.</summary>
    public void Write(Uri url, string? key)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        var fresh = file + ".new";
        System.IO.File.Delete(fresh);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var writer = new StreamWriter(fresh, options)) writer.Write(new JsonObject { ["url"] = url.ToString(), ["key"] = key }.ToJsonString());
        System.IO.File.Move(fresh, file, overwrite: true);
    }

    /// <summary>An address as it was typed.</summary>
    /// <exception cref="UsageException">It is none.</exception>
    public static Uri Address(string text) => Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https"
        ? url
        : throw new UsageException($"an address is http://HOST:PORT or https://HOST:PORT, not '{text}'");

    private JsonObject? Stored()
    {
        if (!System.IO.File.Exists(file)) return null;
        try
        {
            return JsonNode.Parse(System.IO.File.ReadAllText(file)) as JsonObject;
        }
        catch (JsonException)
        {
            throw new UsageException($"{file} cannot be read; 'platform login' writes it anew");
        }
    }
}
