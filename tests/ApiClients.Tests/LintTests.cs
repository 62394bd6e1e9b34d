using Platform.TestKit.Running;

namespace Platform.ApiClients.Tests;

[Collection(nameof(TheDescription))]
public sealed class LintTests(DescribedPlatform platform)
{
    [Fact]
    public async Task Redocly_finds_nothing()
    {
        var said = await Command.RunAsync(platform.TypeScript, "npx", "--no-install", "redocly", "lint", platform.Description, "--format=stylish");
        Assert.DoesNotContain("warning", said.Replace("Deprecation warning", "", StringComparison.Ordinal), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Spectral_finds_nothing() => await Command.RunAsync(
        platform.TypeScript, "npx", "--no-install", "spectral", "lint", platform.Description, "--ruleset", "spectral.yaml", "--fail-severity=hint");
}
