using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Platform.TestKit;

namespace Platform.Monitor.Tests.Exports;

/// <summary><c>--platform</c> names something else: the log is not to blame.</summary>
public sealed class NoPlatformTests(ExportedLog log) : IClassFixture<ExportedLog>
{
    [Theory]
    [InlineData("<html>Welcome</html>", "text/html")]
    [InlineData("<html>Welcome</html>", "application/json")]
    [InlineData("{}", "application/json")]
    [InlineData("null", "application/json")]
    [InlineData("""{"model":"credit","version":"7"}""", "application/json")]
    public async Task What_is_no_platform_is_told_and_nothing_is_written(string body, string type)
    {
        using var folder = new TemporaryFolder();
        await using var other = await TestHost.StartAsync(_ => { }, app => app.Run(context =>
        {
            context.Response.ContentType = type;
            return context.Response.WriteAsync(body);
        }));

        var (code, said) = await log.ExportAsync(other.Address, folder.File("out"));

        Assert.Equal(1, code);
        Assert.StartsWith($"error: {other.Address} is no platform", said, StringComparison.Ordinal);
        Assert.DoesNotContain("damaged", said, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(folder.Path));
    }
}
