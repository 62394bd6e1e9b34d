using System.Text.Json.Nodes;
using Platform.TestKit;
using Platform.TestKit.Api;
using Platform.TestKit.Running;

namespace Platform.ApiClients.Tests;

/// <summary>
/// A running platform with a model that has been watched for a window, its description in a file, and npm's tools. All of it lies
/// in one folder, which goes in the end.
/// </summary>
public sealed class DescribedPlatform : IAsyncLifetime
{
    /// <summary>The model that serves.</summary>
    public const string Model = "credit";

    private static readonly IReadOnlyDictionary<string, string> Settings = new Dictionary<string, string>
    {
        ["PLATFORM_Monitor__Windows__Size"] = "100",
        ["PLATFORM_Monitor__Windows__MinAge"] = "00:00:00",
    };

    private readonly TemporaryFolder _folder = new();
    private PlatformProcess? _process;

    /// <summary>The platform's address.</summary>
    public string Address => _process!.Address.ToString().TrimEnd('/');

    /// <summary>The file that holds <c>/openapi/v1.json</c>.</summary>
    public string Description => _folder.File("openapi.json");

    /// <summary>The folder with the TypeScript client and npm's tools.</summary>
    public string TypeScript => _folder.File("typescript");

    /// <summary>The folder with the C# client.</summary>
    public string CSharp => _folder.File("csharp");

    public async Task InitializeAsync()
    {
        CopyClients();
        var tools = Task.WhenAll(
            Command.RunAsync(TypeScript, "npm", "install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"), InstallDotnetToolsAsync());
        _process = await PlatformProcess.StartAsync(
            Repository.ProgramOf("services/standalone", "Platform.Standalone.dll"),
            ["--empty", "--port", "0", "--data", _folder.File("data")], Settings, TimeSpan.FromMinutes(3));
        using var api = new PlatformApi(_process.Address);
        await File.WriteAllTextAsync(Description, await api.Http.GetStringAsync(new Uri("/openapi/v1.json", UriKind.Relative)));
        await WatchAsync(api);
        await tools;
    }

    public async Task DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
        _folder.Dispose();
    }

    /// <summary>A generator that <c>dotnet tool install</c> has brought.</summary>
    public string Tool(string name) => _folder.File("tools", name);

    private async Task InstallDotnetToolsAsync()
    {
        // One after the other: both write to the same package cache.
        foreach (var (package, version) in new[] { ("Microsoft.OpenApi.Kiota", "1.38.0"), ("NSwag.ConsoleCore", "14.7.1") })
            await Command.RunAsync(_folder.Path, "dotnet", "tool", "install", package, "--version", version, "--tool-path", _folder.File("tools"));
    }

    private static async Task WatchAsync(PlatformApi api)
    {
        await api.ServeCreditAsync(Model);
        await api.InferAsync(Model, CreditSample.Usual.Take(100).ToList()).JsonAsync();
        await Eventually.TrueAsync(
            async () => (await api.ReadAsync($"/v1/models/{Model}/monitoring"))["windows"] is JsonArray { Count: > 0 }, "a window has closed", TimeSpan.FromMinutes(2));
    }

    private void CopyClients()
    {
        var source = Path.Combine(AppContext.BaseDirectory, "Clients");
        foreach (var file in Directory.GetFiles(source, "*", SearchOption.AllDirectories))
        {
            // Under its own name it would be a project of the repository, and restored with it.
            var target = _folder.File(Path.GetRelativePath(source, file).Replace(".csproj.xml", ".csproj", StringComparison.Ordinal));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }
}
