using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Platform.TestKit;

namespace Platform.Standalone.Tests.Access;

/// <summary>MLflow's clients follow the addresses that they are told without credentials: these open what they are for, and nothing else.</summary>
public sealed class SignedAddressTests(AskingPlatform platform) : IClassFixture<AskingPlatform>
{
    private const string Artifacts = "/api/2.0/mlflow-artifacts";
    private const string Target = "/tmp/big.bin";

    [Fact]
    public async Task A_file_is_uploaded_in_parts_by_addresses_alone()
    {
        var created = await CreateAsync("signed/a", 2);
        var tags = new[] { await PutAsync(Url(created, 1), "one;"), await PutAsync(Url(created, 2), "two;") };
        await platform.Operator.PostAsJsonAsync($"{Artifacts}/mpu/complete/signed/a", new
        {
            path = Target, upload_id = (string)created["upload_id"]!, parts = tags.Select((etag, index) => new { part_number = index + 1, etag }),
        }).JsonAsync();

        var presigned = (string)(await platform.Operator.GetAsync($"{Artifacts}/presigned/signed/a/big.bin").JsonAsync())["url"]!;
        Assert.Equal("one;two;", await platform.Stranger.GetStringAsync(presigned));
    }

    [Fact]
    public async Task What_an_address_is_not_for_it_does_not_open()
    {
        var (url, other) = (Url(await CreateAsync("signed/b", 2), 1), Url(await CreateAsync("signed/b", 2), 1));
        var expiry = url.Split("expires=")[1].Split('&')[0];
        foreach (var changed in new[]
                 {
                     url.Replace("/1?", "/2?", StringComparison.Ordinal), other.Split('?')[0] + "?" + url.Split('?')[1], url.Split('?')[0],
                     url.Replace($"expires={expiry}", "expires=9999999999", StringComparison.Ordinal), url[..^2] + "AA", url.Replace("/api/", "/ajax-api/", StringComparison.Ordinal),
                 })
            await RefusedAsync(HttpMethod.Put, changed);
        await RefusedAsync(HttpMethod.Get, $"{Artifacts}/artifacts/signed/b?{url.Split('?')[1]}");
        await RefusedAsync(HttpMethod.Delete, $"{Artifacts}/artifacts/signed/b?{url.Split('?')[1]}");
        Assert.StartsWith("\"", await PutAsync(url, "as it was signed"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_file_of_a_run_is_written_and_read_by_addresses_alone()
    {
        var run = (string)(await platform.Operator.PostAsJsonAsync("/api/2.0/mlflow/runs/create", new { experiment_id = "0" }).JsonAsync())["run"]!["info"]!["run_id"]!;
        await PutAsync(await PresignAsync("upload", run), "of a run");
        var read = await PresignAsync("download", run);

        Assert.Equal("of a run", await platform.Stranger.GetStringAsync(read));
        await RefusedAsync(HttpMethod.Put, read);
        await RefusedAsync(HttpMethod.Delete, read);
    }

    [Fact]
    public async Task Who_has_the_permission_needs_no_signature_that_holds()
    {
        var url = Url(await CreateAsync("signed/c", 1), 1);
        using var content = new StringContent("by key");
        using var answer = await platform.Operator.PutAsync(url[..^2] + "AA", content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }

    private Task<JsonNode> CreateAsync(string folder, int parts) =>
        platform.Operator.PostAsJsonAsync($"{Artifacts}/mpu/create/{folder}", new { path = Target, num_parts = parts }).JsonAsync();

    private static string Url(JsonNode created, int number) => (string)created["credentials"]![number - 1]!["url"]!;

    private async Task<string> PresignAsync(string kind, string run) => (string)(await platform.Operator.PostAsJsonAsync(
        $"/api/2.0/mlflow/artifacts/presigned-{kind}-url", new { run_id = run, path = "a b/ü.txt" }).JsonAsync())["presigned_url"]!;

    private async Task<string> PutAsync(string url, string text)
    {
        using var content = new StringContent(text);
        using var answer = await platform.Stranger.PutAsync(url, content);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return answer.Headers.ETag?.Tag ?? "";
    }

    private async Task RefusedAsync(HttpMethod method, string url)
    {
        using var request = new HttpRequestMessage(method, url);
        if (method == HttpMethod.Put) request.Content = new StringContent("not wanted");
        var refused = await platform.Stranger.SendAsync(request).JsonAsync(HttpStatusCode.Unauthorized);
        Assert.Equal("UNAUTHENTICATED", (string?)refused["error_code"]);
    }
}
