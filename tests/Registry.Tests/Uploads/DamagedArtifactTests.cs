using System.Net;
using Platform.TestModels;

namespace Platform.Registry.Tests.Uploads;

public sealed class DamagedArtifactTests
{
    [Fact]
    public async Task A_damaged_model_file_is_not_served_but_told_and_the_same_upload_mends_it()
    {
        await using var host = await RegistryHost.StartAsync();
        var model = await host.RegisterAsync();
        var upload = new UploadBody { Model = TinyModels.Linear(7).ToArray() };
        var sha256 = (string)(await host.UploadAsync(model, upload))["sha256"]!;
        var path = host.ArtifactPath(sha256);
        var content = await File.ReadAllBytesAsync(path);
        await File.WriteAllBytesAsync(path, [.. content[..^1], (byte)(content[^1] ^ 1)]);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddMinutes(1));

        using var damaged = await host.Http.GetAsync($"/v1/artifacts/{sha256}");
        Assert.Equal(HttpStatusCode.NotFound, damaged.StatusCode);
        Assert.Contains(sha256, (string?)(await host.GetAsync("/health/ready"))["degraded"]!["artifacts"]);
        Assert.Contains("platform_artifacts_damaged", await host.Http.GetStringAsync("/metrics"));
        await host.UploadAsync(await host.RegisterAsync(), upload);

        Assert.Equal(content, await host.Http.GetByteArrayAsync($"/v1/artifacts/{sha256}"));
        Assert.Null((await host.GetAsync("/health/ready"))["degraded"]!["artifacts"]);
    }
}
