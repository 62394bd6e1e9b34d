using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Platform.Hosting.Access;
using Platform.Hosting.Defaults;
using Platform.TestKit;

namespace Platform.Hosting.Tests.Defaults;

/// <summary>What a caller is told whose request a disk has failed.</summary>
public sealed class FailingStorageTests
{
    [Theory]
    [InlineData(28, 507, "storage.full")] // ENOSPC
    [InlineData(122, 507, "storage.full")] // EDQUOT
    [InlineData(30, 503, "storage.unavailable")] // EROFS
    [InlineData(5, 503, "storage.unavailable")] // EIO
    public async Task A_disk_that_refuses_is_told_with_a_code(int errno, int status, string code)
    {
        await using var host = await TestHost.StartAsync(
            builder => builder.AddPlatformDefaults("test"),
            app =>
            {
                app.MapPlatformDefaults();
                app.MapPost("/things", void () => throw new InvalidOperationException("It was not stored.", new IOException("/secret/path", errno))).AllowAnybody();
            });

        using var answer = await host.Http.PostAsync("/things", null);

        var problem = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        Assert.Equal((status, code), ((int)answer.StatusCode, (string?)problem["code"]));
        Assert.DoesNotContain("secret", (string?)problem["detail"]);
    }

    [Fact]
    public async Task A_real_disk_that_is_full_is_told_as_full()
    {
        await using var host = await TestHost.StartAsync(
            builder => builder.AddPlatformDefaults("test"),
            app =>
            {
                app.MapPlatformDefaults();
                app.MapPost("/things", () => File.WriteAllText("/dev/full", new string('x', 100_000))).AllowAnybody();
            });

        using var answer = await host.Http.PostAsync("/things", null);

        Assert.Equal(507, (int)answer.StatusCode);
    }

    [Fact]
    public async Task A_fault_of_ours_is_none_of_the_disk()
    {
        await using var host = await TestHost.StartAsync(
            builder => builder.AddPlatformDefaults("test"),
            app =>
            {
                app.MapPlatformDefaults();
                app.MapPost("/things", void () => throw new IOException("something else")).AllowAnybody();
            });

        using var answer = await host.Http.PostAsync("/things", null);

        Assert.Equal(500, (int)answer.StatusCode);
    }
}
