using Platform.TestKit.Running;

namespace Platform.ApiClients.Tests;

/// <summary>Clients that generators make of the description compile and get what the API answers, with its types.</summary>
[Collection(nameof(TheDescription))]
public sealed class GeneratedClientTests(DescribedPlatform platform)
{
    [Fact]
    public async Task Clients_of_Kiota_and_NSwag_compile_and_call_the_API()
    {
        await Command.RunAsync(platform.CSharp, platform.Tool("kiota"), "generate", "--language", "CSharp", "--openapi", platform.Description,
            "--class-name", "PlatformClient", "--namespace-name", "Generated.Kiota", "--output", "kiota");
        await Command.RunAsync(platform.CSharp, platform.Tool("nswag"), "openapi2csclient", $"/input:{platform.Description}", "/output:Nswag.g.cs",
            "/namespace:Generated.Nswag", "/classname:PlatformClient");
        await Command.RunAsync(platform.CSharp, "dotnet", "build", "--configuration", "Release", "--nologo", "--verbosity", "quiet");

        await AssertUsesAsync("Succeeded", "Permutation", CSharpAsync("kiota"));
        await AssertUsesAsync("Succeeded", "Permutation", CSharpAsync("nswag"));
    }

    [Fact]
    public async Task A_client_with_the_types_of_openapi_typescript_compiles_and_calls_the_API()
    {
        await Command.RunAsync(platform.TypeScript, "npx", "--no-install", "openapi-typescript", platform.Description, "--output", "api.d.ts");
        await Command.RunAsync(platform.TypeScript, "npx", "--no-install", "tsc", "--project", ".");
        await AssertUsesAsync("succeeded", "permutation", Command.RunAsync(platform.TypeScript, "node", "user.js", platform.Address, DescribedPlatform.Model));
    }

    private Task<string> CSharpAsync(string client) =>
        Command.RunAsync(platform.CSharp, "dotnet", "bin/Release/net10.0/Client.dll", client, platform.Address, DescribedPlatform.Model);

    private static async Task AssertUsesAsync(string succeeded, string permutation, Task<string> run) => Assert.Equal(
        ["infer 2 True", $"job {succeeded} 2", $"explanation {permutation} 20", "monitoring 0 20 100", "problem registry.model_not_found"],
        (await run).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Replace(" true", " True", StringComparison.Ordinal)));
}
